import { createContext, useContext } from 'react';
import type { SessionView } from '../../../shared/api/session.ts';

export type ProofWay = SessionView['proofs'][number] | 'code';

/** How whoever is at the console can prove themselves. */
export interface ProofWays {
  /** The usual way first; never empty. */
  readonly ways: readonly ProofWay[];
  /** The identity provider, as its button names it. */
  readonly provider: string | null;
}

const Context = createContext<ProofWays>({ ways: ['password', 'code'], provider: null });
export const ProofWaysProvider = Context.Provider;

/** What the session and the server say; without a session, such as at the lock after a restart, every way that there may be. */
export function proofWays(proofs: SessionView['proofs'] | undefined, provider: string | null): ProofWays {
  const known = proofs ?? ['password', 'provider'];
  const open = known.filter((way) => way !== 'provider' || provider !== null);
  return { ways: [...open, 'code'], provider };
}

export const useProofWays = (): ProofWays => useContext(Context);
