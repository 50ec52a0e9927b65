import { createContext, useContext } from 'react';
import { spellings, type Spelling } from '../../texts/spelling/spelling.ts';

interface ChosenSpelling {
  readonly spelling: Spelling;
  /** Stores another choice on this computer; `name` is a key of `spellings`. */
  readonly choose: (name: string) => void;
}

/** The spelling alphabet of this console. */
export const SpellingContext = createContext<ChosenSpelling>({
  spelling: spellings.en,
  choose: () => undefined,
});
export const useSpelling = (): ChosenSpelling => useContext(SpellingContext);
