import { createContext, useContext } from 'react';

/** True inside a drill, where nothing is real. */
const Practising = createContext(false);
export const PractisingProvider = Practising.Provider;
export const usePractising = (): boolean => useContext(Practising);
