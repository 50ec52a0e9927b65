import { listedAccountColumns } from '../../accounts/listed-account.ts';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import type { FourEyesObstacle } from '../../../shared/api/four-eyes.ts';
import { readFourEyesObstacles } from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { approvalStateOf } from '../decision/approval-validity.ts';

export interface ApprovalRows {
  /** The pending requests, oldest first, and those settled in the last day, newest first. */
  queue(session: OperatorSession): Promise<{ waiting: ApprovalRow[]; settled: ApprovalRow[] }>;
  /** The number of requests that this operator can answer; 0 for an operator who is not an approver. */
  countWaiting(session: OperatorSession): Promise<number>;
  one(approvalId: string, session: OperatorSession): Promise<ApprovalRow>;
}

const iso = (at: number) => new Date(at).toISOString();
const day = 24 * 3_600_000;

/** Renames the obstacle of an operator's own request for the API. The other obstacles have the same names. */
const obstacleOf = (obstacle: FourEyesObstacle | null): ApprovalRow['obstacle'] =>
  obstacle === 'own-action' ? 'own-request' : obstacle;

/** Requests for approval as an approver's queue shows them. */
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
        ...listedAccountColumns,
        'asker.display_name as asker_name',
        'decider.display_name as decider_name',
      ]);
  type Joined = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

  const rowsOf = async (joined: readonly Joined[], { operator }: OperatorSession): Promise<ApprovalRow[]> => {
    const obstacles = await readFourEyesObstacles(
      store.db,
      operator.id,
      joined.map((row) => ({
        account: { ...row, id: row.account_id },
        doneBy: [row.operator_id],
        caseId: row.case_id,
      })),
    );
    return joined.map((row, index) => rowOf(row, obstacles[index] ?? null));
  };
  const rowOf = (row: Joined, obstacle: FourEyesObstacle | null): ApprovalRow => ({
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
    obstacle: obstacleOf(obstacle),
  });

  const waitingFor = async (session: OperatorSession) => {
    const waiting = await rows()
      .where('approvals.state', '=', 'pending')
      .where(withinScope(session.operator))
      .where('approvals.expires_at', '>', now())
      .orderBy('approvals.asked_at')
      .limit(100)
      .execute();
    return rowsOf(waiting, session);
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
        settled: await rowsOf(settled, session),
      };
    },
    countWaiting: async (session) =>
      session.rights.has('approvals.decide')
        ? (await waitingFor(session)).filter(({ obstacle }) => obstacle === null).length
        : 0,
    async one(approvalId, session) {
      const row = await rows().where('approvals.id', '=', approvalId).executeTakeFirst();
      if (!row) throw new Refusal('approval.not-found');
      const [shown] = await rowsOf([row], session);
      if (!shown) throw new Refusal('approval.not-found');
      return shown;
    },
  };
}
