import type {
  ProposedAnswer,
  ProtectedAct,
  ProtectedChange,
} from '../../shared/api/protected-change-view.ts';
import type { ProtectionState } from '../../shared/api/protected-change.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { Live } from '../live/live.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Origin } from '../store/append-event.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import type { ChangeMails } from './change-mails.ts';
import type { ProtectedCall } from './description.ts';

/** One call of a protected endpoint. */
export interface ProtectedRequest extends ProtectedCall {
  readonly act: ProtectedAct;
  readonly session: OperatorSession;
  readonly origin: Origin;
}

export interface ProtectedChanges {
  /**
   * Performs a call of a protected endpoint, or proposes it if a second administrator must approve it. Throws the refusals of the call itself,
   * `protected-change.no-approver`, and `protected-change.third-needed` if it raises the rights of the only other administrator.
   */
  pass<T>(
    request: ProtectedRequest,
    perform: () => Promise<T>,
  ): Promise<{ readonly answer: T } | { readonly proposed: ProposedAnswer }>;
  list(session: OperatorSession): Promise<{
    waiting: ProtectedChange[];
    settled: ProtectedChange[];
    protection: ProtectionState;
    approvers: string[];
  }>;
  decide(
    changeId: string,
    answer: { readonly decision: 'approve' | 'decline'; readonly reason: string },
    session: OperatorSession,
    origin: Origin,
    perform: Perform,
  ): Promise<ProtectedChange>;
  withdraw(changeId: string, session: OperatorSession, origin: Origin): Promise<ProtectedChange>;
  /** Ends the changes whose time is over. */
  sweep(): Promise<void>;
}

/** Performs a protected call as its endpoint does, on behalf of the operator who proposed it. */
export type Perform = (
  act: ProtectedAct,
  call: ProtectedCall & { readonly session: OperatorSession; readonly origin: Origin },
) => Promise<unknown>;

export interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly mails: ChangeMails;
  readonly live: Live;
  readonly now: () => number;
}
