import type { Kysely } from 'kysely';
import type { AuditFilter } from '../../shared/api/audit.ts';
import { everyAccount, type OperatorScope } from '../../shared/api/operator.ts';
import { auditActions } from '../../shared/api/timeline.ts';
import { isUnscoped, withinScope } from '../authorization/account-access.ts';
import { identityKey } from '../text/fold.ts';
import type { AuditEventsTable, Tables } from '../store/tables.ts';

/** A filter with names resolved to ids; `nothing` if one of the names is unknown, so that no event matches. */
export interface EventSelection {
  readonly nothing: boolean;
  readonly from: number | null;
  readonly to: number | null;
  readonly accountId: string | null;
  readonly caseId: string | null;
  readonly action: string | null;
  readonly outcome: string | null;
  readonly actor: string | null;
  /** Only events about accounts in this scope; null for all events. */
  readonly scope: OperatorScope | null;
}

export const everything: EventSelection = {
  nothing: false,
  from: null,
  to: null,
  accountId: null,
  caseId: null,
  action: null,
  outcome: null,
  actor: null,
  scope: null,
};

/** Whether the selection is the whole log, so that its chain can be followed. */
export const selectsAll = (selection: EventSelection): boolean =>
  !selection.nothing && Object.values(selection).every((value) => value === null || value === false);

export async function resolveFilter(
  db: Kysely<Tables>,
  filter: AuditFilter,
  scope: OperatorScope = everyAccount,
): Promise<EventSelection> {
  const accountOf = async (account: string) =>
    (
      await db
        .selectFrom('accounts')
        .select('id')
        .where((where) =>
          where.or([where('id', '=', account), where('user_name_key', '=', identityKey(account))]),
        )
        .executeTakeFirst()
    )?.id;
  const caseOf = async (number: number) =>
    (await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirst())?.id;
  const accountId = filter.account === undefined ? null : await accountOf(filter.account);
  const caseId = filter.case === undefined ? null : await caseOf(filter.case);
  return {
    nothing: accountId === undefined || caseId === undefined,
    from: filter.from === undefined ? null : Date.parse(filter.from),
    to: filter.to === undefined ? null : Date.parse(filter.to),
    accountId: accountId ?? null,
    caseId: caseId ?? null,
    action: filter.action ?? null,
    outcome: filter.outcome ?? null,
    actor: filter.actor ?? null,
    scope: isUnscoped(scope) ? null : scope,
  };
}

/** The events of a selection, in no order yet. */
export function selectEvents(db: Kysely<Tables>, selection: EventSelection) {
  const { from, to, accountId, caseId, action, outcome, actor, scope } = selection;
  let query = db.selectFrom('audit_events');
  if (from !== null) query = query.where('audit_events.at', '>=', from);
  if (to !== null) query = query.where('audit_events.at', '<', to);
  if (accountId !== null) query = query.where('audit_events.account_id', '=', accountId);
  if (caseId !== null) query = query.where('audit_events.case_id', '=', caseId);
  if (outcome !== null) query = query.where('audit_events.outcome', '=', outcome);
  if (action !== null) {
    // The names of the group instead of a pattern, so that the index serves it on both databases.
    const names = auditActions.filter((name) => name === action || name.startsWith(`${action}.`));
    if (names.length === 0) return query.where('audit_events.seq', '<', 0);
    query = query.where('audit_events.action', 'in', names);
  }
  if (scope !== null) {
    const inScope = db.selectFrom('accounts').select('accounts.id').where(withinScope({ scope }));
    query = query.where('audit_events.account_id', 'in', inScope);
  }
  if (actor !== null) {
    const pattern = `%${actor.toLowerCase().replaceAll(/[%_]/g, '')}%`;
    query = query.where((where) =>
      where(where.fn<string>('lower', ['audit_events.actor_name']), 'like', pattern),
    );
  }
  return query;
}

const batch = 1000;

/** The events of a selection by number, behind `after` and up to `upTo`. */
export async function* readEvents(
  db: Kysely<Tables>,
  selection: EventSelection,
  after: number,
  upTo: number,
): AsyncGenerator<AuditEventsTable> {
  if (selection.nothing) return;
  for (let last = after; ;) {
    const rows: AuditEventsTable[] = await selectEvents(db, selection)
      .selectAll('audit_events')
      .where('audit_events.seq', '>', last)
      .where('audit_events.seq', '<=', upTo)
      .orderBy('audit_events.seq')
      .limit(batch)
      .execute();
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < batch) return;
    last = end.seq;
  }
}
