import type { CaseAction } from '../../../shared/api/case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Live } from '../../live/live.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';

export interface Approvals {
  /** Asks an approver about a reset that needs nothing but the approval. */
  ask(
    caseId: string,
    wish: { action: CaseAction; note?: string | undefined },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  /** Withdraws a pending request in the operator's own case. */
  withdraw(caseId: string, approvalId: string, session: OperatorSession, origin: Origin): Promise<void>;
  /** Records an approver's decision. */
  decide(
    approvalId: string,
    answer: { decision: 'approve' | 'deny'; reason: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  /** Expires requests that were not answered in time, and approvals that were not used in time. */
  sweepLapsed(): Promise<void>;
}

export interface ApprovalsCollaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly now: () => number;
}
