import { createContext, useContext } from 'react';

/** True inside a drill, where accounts, callers and passwords are invented. */
const Practising = createContext(false);
export const PractisingProvider = Practising.Provider;
export const usePractising = (): boolean => useContext(Practising);
