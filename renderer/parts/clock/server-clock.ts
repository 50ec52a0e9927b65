import { createContext, useContext } from 'react';

/** Milliseconds that the server's clock is ahead of this computer's: what ends on the server ends by its clock. */
const ClockOffset = createContext(0);
export const ClockOffsetProvider = ClockOffset.Provider;
export const useClockOffset = (): number => useContext(ClockOffset);
