import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { AuditFilter } from '../../shared/api/audit.ts';
import { everyAccount, type OperatorScope } from '../../shared/api/operator.ts';
import { auditActions } from '../../shared/api/timeline.ts';
import { isUnscoped, withinScope } from '../authorization/account-access.ts';
import { findAccountsByIdentifier } from '../store/find-account.ts';
import type { AuditEventsTable, Tables } from '../store/tables.ts';
import { actorNamesWith } from './actor-names.ts';

/** A filter with names resolved to ids; `nothing` if one of the names is unknown, so that no event matches. */
export interface EventSelection {
  readonly nothing: boolean;
  readonly from: number | null;
  readonly to: number | null;
  /** The accounts that the filter names: one in each directory with that user name. */
  readonly accountIds: readonly string[] | null;
  readonly caseId: string | null;
  readonly action: string | null;
  readonly outcome: string | null;
  readonly actor: string | null;
  /** The actors whose name contains `actor`; null for any actor, or if there are too many to list. */
  readonly actorNames: readonly string[] | null;
  /** Only events about accounts in this scope; null for all events. */
  readonly scope: OperatorScope | null;
}

export const everything: EventSelection = {
  nothing: false,
  from: null,
  to: null,
  accountIds: null,
  caseId: null,
  action: null,
  outcome: null,
  actor: null,
  actorNames: null,
  scope: null,
};

/** With more actors than this, the selection does not query each of them. */
const maxNames = 100;

/** Whether the selection is the whole log, so that its chain can be followed. */
export const selectsAll = (selection: EventSelection): boolean =>
  !selection.nothing && Object.values(selection).every((value) => value === null || value === false);

export async function resolveFilter(
  db: Kysely<Tables>,
  filter: AuditFilter,
  scope: OperatorScope = everyAccount,
): Promise<EventSelection> {
  const accountsOf = async (account: string) => {
    const byId = await db.selectFrom('accounts').select('id').where('id', '=', account).executeTakeFirst();
    const named = byId === undefined ? await findAccountsByIdentifier(db, account) : [byId];
    return named.map(({ id }) => id);
  };
  const caseOf = async (number: number) =>
    (await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirst())?.id;
  const accountIds = filter.account === undefined ? null : await accountsOf(filter.account);
  const caseId = filter.case === undefined ? null : await caseOf(filter.case);
  const actorNames = filter.actor === undefined ? null : await actorNamesWith(db, filter.actor, maxNames);
  return {
    nothing: accountIds?.length === 0 || caseId === undefined || actorNames?.length === 0,
    from: filter.from === undefined ? null : Date.parse(filter.from),
    to: filter.to === undefined ? null : Date.parse(filter.to),
    accountIds,
    caseId: caseId ?? null,
    action: filter.action ?? null,
    outcome: filter.outcome ?? null,
    actor: filter.actor ?? null,
    actorNames,
    scope: isUnscoped(scope) ? null : scope,
  };
}

/** The events of a selection, in no order yet. */
export function selectEvents(db: Kysely<Tables>, selection: EventSelection) {
  const { from, to, accountIds, caseId, action, outcome, actor, actorNames, scope } = selection;
  let query = db.selectFrom('audit_events');
  if (from !== null) query = query.where('audit_events.at', '>=', from);
  if (to !== null) query = query.where('audit_events.at', '<', to);
  if (accountIds !== null) query = query.where('audit_events.account_id', 'in', [...accountIds]);
  if (caseId !== null) query = query.where('audit_events.case_id', '=', caseId);
  if (outcome !== null) query = query.where('audit_events.outcome', '=', outcome);
  // The same condition as in the partial index, so that the index serves it on both databases.
  if (outcome !== null && outcome !== 'done')
    query = query.where('audit_events.outcome', '<>', sql.lit('done'));
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
  if (actorNames !== null) query = query.where('audit_events.actor_name', 'in', [...actorNames]);
  else if (actor !== null) {
    const pattern = `%${actor.toLowerCase().replaceAll(/[%_]/g, '')}%`;
    query = query.where((where) =>
      where(where.fn<string>('lower', ['audit_events.actor_name']), 'like', pattern),
    );
  }
  return query;
}

const batch = 1000;
/** Events that one statement reads where no index serves the selection: a few milliseconds. */
const windowSize = 20_000;

/** Whether events must be read one by one, because no index serves the selection. */
const needsScan = ({
  from,
  to,
  accountIds,
  caseId,
  action,
  outcome,
  actor,
  actorNames,
}: EventSelection): boolean =>
  accountIds === null &&
  caseId === null &&
  action === null &&
  actorNames === null &&
  (outcome === null || outcome === 'done') &&
  (from !== null || to !== null || actor !== null);

/**
 * The numbers of the newest events of a selection before `before`. SQLite runs in this thread, so events without an index are read in parts, between
 * which other calls are served.
 */
export async function newestOf(
  db: Kysely<Tables>,
  selection: EventSelection,
  { before, count }: { readonly before: number; readonly count: number },
): Promise<number[]> {
  const within = async (part: EventSelection, from: number, to: number, limit: number) => {
    const rows = await selectEvents(db, part)
      .select('audit_events.seq')
      .where('audit_events.seq', '>=', from)
      .where('audit_events.seq', '<', to)
      .orderBy('audit_events.seq', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ seq }) => seq);
  };
  const found: number[] = [];
  if (needsScan(selection)) {
    for (let to = before; to > 1 && found.length < count; to -= windowSize) {
      found.push(...(await within(selection, to - windowSize, to, count - found.length)));
      await setImmediate();
    }
    return found;
  }
  // Each actor has a separate section of the index, in the order of the events.
  const parts = selection.actorNames?.map((name) => ({ ...selection, actorNames: [name] })) ?? [selection];
  for (const part of parts) found.push(...(await within(part, 0, before, count)));
  return found.toSorted((one, other) => other - one).slice(0, count);
}

/** The events of a selection by number, after `after` and up to `upTo`. */
export async function* readEvents(
  db: Kysely<Tables>,
  selection: EventSelection,
  after: number,
  upTo: number,
): AsyncGenerator<AuditEventsTable> {
  if (selection.nothing) return;
  const isScan = needsScan(selection);
  for (let last = after; last < upTo;) {
    const to = isScan ? Math.min(last + windowSize, upTo) : upTo;
    const rows: AuditEventsTable[] = await selectEvents(db, selection)
      .selectAll('audit_events')
      .where('audit_events.seq', '>', last)
      .where('audit_events.seq', '<=', to)
      .orderBy('audit_events.seq')
      .limit(batch)
      .execute();
    yield* rows;
    last = rows.length < batch ? to : (rows.at(-1)?.seq ?? to);
    if (isScan) await setImmediate();
  }
}
