import type { PractisedName } from '../../shared/api/practised.ts';
import type { Approvals } from '../casework/approvals/approvals-port.ts';
import type { CaseViews } from '../casework/cases/case-view.ts';
import type { ManagersAnswers } from '../casework/verification/managers-answers.ts';
import type { Sweeps } from '../scheduling/sweeps.ts';
import { systemOrigin } from '../store/append-event.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { AllHandlers } from '../web/http/handler.ts';
import { createDrillObserver, type DrillObserver } from './drill-observer.ts';
import { approverSession } from './invented-staff.ts';
import { judgeEvidence, type Judgement } from './judge-evidence.ts';

/** Decides for the invented approver on a reset of this account. */
type Judge = (accountId: string) => Promise<Judgement>;

/** The desk of one drill. It works like the real desk, but on its own store, and cannot reach the real one. */
export interface PracticeDesk {
  readonly store: Store;
  readonly handlers: Pick<AllHandlers, PractisedName>;
  readonly observer: DrillObserver;
  readonly sweeps: Sweeps;
  /** Sets how the invented approver decides. Until then every request is denied. */
  approveBy(judge: Judge): void;
  close(): Promise<void>;
}

/** The services of a desk that was composed for one drill. */
interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly approvals: Approvals;
  readonly managersAnswers: ManagersAnswers;
  readonly views: CaseViews;
  readonly handlers: Pick<AllHandlers, PractisedName>;
  /** The text of a captured mail or text message. */
  readonly read: (messageId: string) => string | null;
  readonly sweeps: Sweeps;
  readonly now: () => number;
  close(): Promise<void>;
}

/** Adds an invented approver and an observer of the trainee to a composed desk. */
export function createPracticeDesk(collaborators: Collaborators): PracticeDesk {
  const { store, approvals, views, handlers, sweeps, now } = collaborators;
  let judge: Judge = () =>
    Promise.resolve(judgeEvidence(null, { accountId: '', passed: [], asked: new Set() }));
  const decideNewest = async (caseId: string) => {
    const { id, account_id } = await store.db
      .selectFrom('approvals')
      .select(['id', 'account_id'])
      .where('case_id', '=', caseId)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    await approvals.decide(id, await judge(account_id), approverSession(now()), systemOrigin);
  };
  return {
    store,
    sweeps,
    observer: createDrillObserver(collaborators),
    handlers: {
      ...handlers,
      // The approver answers at once: a drill practises what to ask for, not waiting.
      askApproval: async ({ params: { caseId }, body, session, origin }) => {
        await approvals.ask(caseId, body, session, origin);
        await decideNewest(caseId);
        return views.view(caseId, session);
      },
    },
    approveBy: (by) => {
      judge = by;
    },
    close: collaborators.close,
  };
}
