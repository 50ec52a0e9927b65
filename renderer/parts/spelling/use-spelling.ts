import { createContext, useContext } from 'react';
import { spellings, type Spelling } from '../../texts/spelling/spelling.ts';

interface ChosenSpelling {
  readonly spelling: Spelling;
  /** Keeps another choice for this computer; `name` as in the list of spellings. */
  readonly choose: (name: string) => void;
}

/** How passwords are read out at this console. */
export const SpellingContext = createContext<ChosenSpelling>({
  spelling: spellings.en,
  choose: () => undefined,
});
export const useSpelling = (): ChosenSpelling => useContext(SpellingContext);
