import type { ApprovalRow } from '../../../shared/api/approval.ts';
import { fourEyesObstacle } from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { approvalStateOf, type ApprovalRecord } from '../decision/approval-validity.ts';

export interface ApprovalRows {
  /** The pending requests, oldest first, and those settled in the last day, newest first. */
  queue(session: OperatorSession): Promise<{ waiting: ApprovalRow[]; settled: ApprovalRow[] }>;
  /** How many requests this operator can answer; 0 for an operator who is no approver. */
  countWaiting(session: OperatorSession): Promise<number>;
  one(approvalId: string, session: OperatorSession): Promise<ApprovalRow>;
}

const iso = (at: number) => new Date(at).toISOString();
const day = 24 * 3_600_000;

const obstacleNames = { 'own-action': 'own-request', 'own-account': 'own-account' } as const;

/** Why this operator cannot answer a request; null when they can. */
function obstacleOf(
  row: Pick<ApprovalRecord, 'operator_id' | 'account_id'> & {
    readonly user_name_key: string;
    readonly email_key: string | null;
  },
  { operator }: OperatorSession,
): ApprovalRow['obstacle'] {
  const obstacle = fourEyesObstacle(operator, row.operator_id, { ...row, id: row.account_id });
  return obstacle && obstacleNames[obstacle];
}

/** Requests for four eyes as an approver's queue shows them. */
export function createApprovalRows({ store, now }: { store: Store; now: () => number }): ApprovalRows {
  const rows = () =>
    store.db
      .selectFrom('approvals')
      .innerJoin('cases', 'cases.id', 'approvals.case_id')
      .innerJoin('accounts', 'accounts.id', 'approvals.account_id')
      .leftJoin('operators as asker', 'asker.id', 'approvals.operator_id')
      .leftJoin('operators as decider', 'decider.id', 'approvals.decided_by')
      .selectAll('approvals')
      .select([
        'cases.number',
        'accounts.display_name',
        'accounts.user_name',
        'accounts.user_name_key',
        'accounts.email_key',
        'accounts.department',
        'accounts.tier',
        'accounts.directory',
        'asker.display_name as asker_name',
        'decider.display_name as decider_name',
      ]);
  type Joined = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

  const rowOf = (row: Joined, session: OperatorSession): ApprovalRow => ({
    id: row.id,
    state: approvalStateOf(row, now()),
    action: row.action as ApprovalRow['action'],
    needed: JSON.parse(row.needed) as ApprovalRow['needed'],
    caseId: row.case_id,
    caseNumber: row.number,
    accountId: row.account_id,
    displayName: row.display_name,
    userName: row.user_name,
    operator: row.asker_name ?? '',
    note: row.note,
    askedAt: iso(row.asked_at),
    expiresAt: iso(row.expires_at),
    decidedAt: row.decided_at === null ? null : iso(row.decided_at),
    decidedBy: row.decider_name,
    reason: row.reason,
    obstacle: obstacleOf(row, session),
  });

  const waitingFor = async (session: OperatorSession) => {
    const waiting = await rows()
      .where('approvals.state', '=', 'pending')
      .where(withinScope(session.operator))
      .where('approvals.expires_at', '>', now())
      .orderBy('approvals.asked_at')
      .limit(100)
      .execute();
    return waiting.map((row) => rowOf(row, session));
  };

  return {
    async queue(session) {
      const settled = await rows()
        .where('approvals.asked_at', '>', now() - day)
        .where(withinScope(session.operator))
        .where((where) =>
          where.or([where('approvals.state', '!=', 'pending'), where('approvals.expires_at', '<=', now())]),
        )
        .orderBy('approvals.asked_at', 'desc')
        .limit(20)
        .execute();
      return {
        waiting: await waitingFor(session),
        settled: settled.map((row) => rowOf(row, session)),
      };
    },
    countWaiting: async (session) =>
      session.rights.has('approvals.decide')
        ? (await waitingFor(session)).filter(({ obstacle }) => obstacle === null).length
        : 0,
    async one(approvalId, session) {
      const row = await rows().where('approvals.id', '=', approvalId).executeTakeFirst();
      if (!row) throw new Refusal('approval.not-found');
      return rowOf(row, session);
    },
  };
}
