import { createContext, useContext } from 'react';

/** Milliseconds by which the server's clock is ahead of this computer's, used for deadlines that the server sets. */
const ClockOffset = createContext(0);
export const ClockOffsetProvider = ClockOffset.Provider;
export const useClockOffset = (): number => useContext(ClockOffset);
