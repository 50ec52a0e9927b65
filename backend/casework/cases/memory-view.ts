import type { CaseView } from '../../../shared/api/case.ts';
import type { Live } from '../../live/live.ts';
import type { Store } from '../../store/store.ts';
import { readApprovers } from '../approvals/read-approvers.ts';
import { approvalStateOf } from '../decision/approval-validity.ts';
import type { CaseContext } from '../decision/case-context.ts';
import { expiryCutoff } from '../decision/case-lifecycle.ts';

type MemoryView = CaseView['memory'];

const iso = (at: number): string => new Date(at).toISOString();
const day = 24 * 3_600_000;

/** The account's memory as the case shows it. */
export async function memoryViewOf(context: CaseContext, store: Store): Promise<MemoryView> {
  const { memory, evidence, opened, at, approverOnly, policy } = context;
  const counted = at - Math.max(day, policy.document.failedChecks.within * 1000);
  const ownEvidence = new Set(evidence.map(({ id }) => id));
  const failed = [
    ...memory.failedChecks.map((check) => ({
      at: check.at,
      kind: check.kind,
      operatorId: check.operator_id,
      ownCase: ownEvidence.has(check.id),
    })),
    ...memory.unfinishedChecks.map((check) => ({ ...check, ownCase: false })),
  ].toSorted((a, b) => b.at - a.at);
  const earlier: MemoryView['earlier'] = [
    ...failed
      .filter((check) => check.at <= counted)
      .map((check) => ({
        at: iso(check.at),
        what: 'failed' as const,
        own: check.operatorId === opened.operator_id,
      })),
    ...memory.refusedCases.map(({ ended_at, refusal_reason, operator_id }) => ({
      at: iso(ended_at ?? 0),
      what: refusal_reason === 'suspicious' ? ('suspicious' as const) : ('refused' as const),
      own: operator_id === opened.operator_id,
    })),
  ];
  return {
    failed24h: failed
      .filter((check) => check.at > counted)
      .map(({ at: failedAt, kind, ownCase }) => ({
        at: iso(failedAt),
        kind: kind as MemoryView['failed24h'][number]['kind'],
        ownCase,
      })),
    approverOnly,
    earlier: earlier.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    resets7d: memory.resetsBefore,
    lastReset: memory.resetsBefore === 0 ? null : await lastReset(context, store),
    changedRecently: memory.changed.map(({ what, at: changedAt }) => ({ what, at: iso(changedAt) })),
    flag: memory.flag ? { at: iso(memory.flag.at), by: memory.flag.by } : null,
    linked: memory.linked ? { what: memory.linked.what, at: iso(memory.linked.at) } : null,
    lifted: memory.lifted ? { what: memory.lifted.what, at: iso(memory.lifted.at) } : null,
    openElsewhere: await openElsewhere(context, store),
  };
}

/** The newest reset of the account in another case. */
async function lastReset({ opened }: CaseContext, store: Store): Promise<MemoryView['lastReset']> {
  const row = await store.db
    .selectFrom('resets')
    .leftJoin('operators', 'operators.id', 'resets.operator_id')
    .select(['resets.intended_at', 'resets.operator_id', 'operators.display_name as by'])
    .where('resets.account_id', '=', opened.account_id)
    .where('resets.case_id', '!=', opened.id)
    .where('resets.state', '=', 'done')
    .orderBy('resets.intended_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { at: iso(row.intended_at), by: row.by, own: row.operator_id === opened.operator_id };
}

async function openElsewhere({ opened, policy, at }: CaseContext, store: Store) {
  const rows = await store.db
    .selectFrom('cases')
    .leftJoin('operators', 'operators.id', 'cases.operator_id')
    .select(['cases.id', 'cases.number', 'cases.opened_at', 'operators.display_name as operator'])
    .where('cases.account_id', '=', opened.account_id)
    .where('cases.state', '=', 'open')
    .where('cases.id', '!=', opened.id)
    .where('cases.last_activity_at', '>', expiryCutoff(policy.document, at))
    .orderBy('cases.opened_at')
    .execute();
  return rows.map(({ id, number, opened_at, operator }) => ({
    caseId: id,
    number,
    operator: operator ?? '',
    since: iso(opened_at),
  }));
}

/** Why an approver is needed, and the state of the newest request. */
export async function approvalViewOf(
  context: CaseContext,
  { store, live }: { readonly store: Store; readonly live: Pick<Live, 'isListening'> },
): Promise<CaseView['approval']> {
  const { approvals, approvalReasons, opened, found, at } = context;
  const [newest] = approvals;
  const approvers =
    approvalReasons.length === 0 || opened.state !== 'open'
      ? null
      : await readApprovers(store.db, live, {
          account: found.account,
          operatorId: opened.operator_id,
          caseId: opened.id,
          at,
        });
  if (newest === undefined) return { needed: [...approvalReasons], approvers, request: null };
  const decider =
    newest.decided_by === null
      ? undefined
      : await store.db
          .selectFrom('operators')
          .select('display_name')
          .where('id', '=', newest.decided_by)
          .executeTakeFirst();
  return {
    needed: [...approvalReasons],
    approvers,
    request: {
      id: newest.id,
      action: newest.action as NonNullable<CaseView['approval']['request']>['action'],
      state: approvalStateOf(newest, at),
      askedAt: iso(newest.asked_at),
      expiresAt: iso(newest.expires_at),
      decidedBy: decider?.display_name ?? null,
      reason: newest.reason,
    },
  };
}
