import { createContext, useContext } from 'react';
import type { SessionView } from '../../../shared/api/session.ts';

export type ProofWay = SessionView['proofs'][number];

/** The ways in which the operator can confirm their identity. */
export interface ProofWays {
  /** The default first; never empty. */
  readonly ways: readonly ProofWay[];
  /** The identity provider's name, as on its sign-in button. */
  readonly provider: string | null;
  /** Called when the operator has set up an authenticator, whose codes are then accepted as a proof. */
  readonly onEnrolled?: () => void;
}

const Context = createContext<ProofWays>({ ways: ['password', 'code'], provider: null });
export const ProofWaysProvider = Context.Provider;

/** The ways that session and server allow. Without a session, such as on the lock screen after a restart, every possible way. */
export function proofWays(proofs: SessionView['proofs'] | undefined, provider: string | null): ProofWays {
  const known = proofs ?? ['password', 'provider', 'code'];
  const ways = known.filter((way) => way !== 'provider' || provider !== null);
  return { ways: ways.length === 0 ? ['password'] : ways, provider };
}

export const useProofWays = (): ProofWays => useContext(Context);
