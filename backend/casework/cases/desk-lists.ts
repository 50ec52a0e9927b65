import { sql } from 'kysely';
import type {
  DeskView,
  LockedAccount,
  RunningRequirement,
  Suspicion,
  UnfinishedReset,
} from '../../../shared/api/desk.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import { withinScope } from '../../authorization/account-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { Store } from '../../store/store.ts';

/** The maximum number of rows in one list of the start page. */
const shownRows = 5;
const shownUnfinished = 10;

const iso = (at: number): string => new Date(at).toISOString();

/** The operator's valid resets whose user has not chosen a password yet, ordered by expiry. */
export async function readUnfinished(
  db: Store['db'],
  operatorId: string,
  at: number,
): Promise<UnfinishedReset[]> {
  const rows = await db
    .selectFrom('resets')
    .innerJoin('cases', 'cases.id', 'resets.case_id')
    .innerJoin('accounts', 'accounts.id', 'resets.account_id')
    .select([
      'resets.case_id',
      'resets.action',
      'resets.opened_at',
      'resets.used_at',
      'resets.handed_over_at',
      'resets.intended_at',
      'resets.valid_until',
      'cases.number',
      'accounts.display_name',
    ])
    .where('resets.operator_id', '=', operatorId)
    .where('resets.password_set_at', 'is', null)
    .where('resets.valid_until', '>', at)
    .where('resets.state', '=', 'done')
    .where('resets.voided_at', 'is', null)
    .where('resets.revoked_at', 'is', null)
    .orderBy('resets.valid_until')
    .limit(shownUnfinished)
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    number: row.number,
    displayName: row.display_name,
    action: row.action as UnfinishedReset['action'],
    isOpened: row.opened_at !== null || row.used_at !== null,
    madeAt: iso(row.handed_over_at ?? row.intended_at),
    validUntil: iso(row.valid_until ?? at),
  }));
}

/** The accounts within the operator's scope that are locked now, the most recently locked first, and their number. `lockFor` in seconds. */
export async function readLocked(
  db: Store['db'],
  operator: { readonly scope: OperatorScope },
  lockFor: number,
  at: number,
): Promise<DeskView['locked']> {
  // Null if only an unlock ends the lock, as in `lockedUntil`.
  const endsAt = sql<number | null>`coalesce(directory_accounts.locked_until,
    case when accounts.failed_sign_ins = 0 then null else accounts.locked_since + ${lockFor * 1000} end)`;
  const locked = db
    .selectFrom('accounts')
    .leftJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
    .where('accounts.locked_since', 'is not', null)
    .where(sql<boolean>`(${endsAt} is null or ${endsAt} > ${at})`)
    .where(withinScope(operator));
  const { count } = await locked
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await locked
    .select([
      'accounts.id',
      'accounts.display_name',
      'accounts.user_name',
      'accounts.locked_since',
      endsAt.as('ends_at'),
    ])
    .orderBy('accounts.locked_since', 'desc')
    .limit(shownRows)
    .execute();
  const accounts = rows.map((row): LockedAccount => ({
    id: row.id,
    displayName: row.display_name,
    userName: row.user_name,
    since: iso(Number(row.locked_since)),
    until: row.ends_at === null ? null : iso(Number(row.ends_at)),
  }));
  return { count: Number(count), accounts };
}

/** The flagged accounts and the callers refused since `dayStart` within the operator's scope, newest first. A flagged account is listed once. */
export async function readSuspicions(
  db: Store['db'],
  { operator, rights }: OperatorSession,
  dayStart: number,
): Promise<Suspicion[]> {
  const flagged = await db
    .selectFrom('account_flags')
    .innerJoin('accounts', 'accounts.id', 'account_flags.account_id')
    .select([
      'account_flags.case_id',
      'account_flags.account_id',
      'accounts.display_name',
      'account_flags.at',
    ])
    .where('account_flags.cleared_at', 'is', null)
    .where(withinScope(operator))
    .orderBy('account_flags.at', 'desc')
    .limit(shownRows)
    .execute();
  const refused = await db
    .selectFrom('cases')
    .innerJoin('accounts', 'accounts.id', 'cases.account_id')
    .select(['cases.id as case_id', 'cases.account_id', 'accounts.display_name', 'cases.ended_at as at'])
    .where('cases.opened_at', '>=', dayStart)
    .where('cases.state', '=', 'refused')
    .where(withinScope(operator))
    .$if(!rights.has('cases.see-all'), (rows) => rows.where('cases.operator_id', '=', operator.id))
    .orderBy('cases.opened_at', 'desc')
    .limit(shownRows)
    .execute();
  const flaggedIds = new Set(flagged.map(({ account_id }) => account_id));
  const suspicions = (kind: Suspicion['kind'], rows: typeof refused): Suspicion[] =>
    rows.map((row) => ({
      kind,
      caseId: row.case_id,
      accountId: row.account_id,
      displayName: row.display_name,
      at: iso(row.at ?? dayStart),
    }));
  return [
    ...suspicions('flagged', flagged as typeof refused),
    ...suspicions(
      'refused',
      refused.filter(({ account_id }) => !flaggedIds.has(account_id)),
    ),
  ]
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
    .slice(0, shownRows);
}

/** The required resets in progress, ordered by due date. */
export async function readRequirements(db: Store['db']): Promise<RunningRequirement[]> {
  const running = await db
    .selectFrom('required_resets')
    .select(['id', 'reason', 'due_at'])
    .where('state', '=', 'running')
    .orderBy('due_at')
    .limit(3)
    .execute();
  return Promise.all(
    running.map(async ({ id, reason, due_at }) => {
      const groups = await db
        .selectFrom('required_reset_accounts')
        .select(['state', 'by_desk'])
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('required_reset_id', '=', id)
        .where('state', '!=', 'left-out')
        .groupBy(['state', 'by_desk'])
        .execute();
      const sum = (counts: (group: (typeof groups)[number]) => boolean) =>
        groups.filter(counts).reduce((total, { count }) => total + Number(count), 0);
      return {
        id,
        reason,
        dueAt: iso(due_at),
        accounts: sum(() => true),
        done: sum(({ state }) => state === 'done'),
        byDesk: sum(({ state, by_desk }) => state === 'open' && by_desk === 1),
      };
    }),
  );
}

const hourMs = 3_600_000;

/** The cases of all operators by hour since `dayStart`. A day with a clock change has 23 or 25 hours. */
export async function readTeamByHour(db: Store['db'], dayStart: number): Promise<number[]> {
  const rows = await db.selectFrom('cases').select('opened_at').where('opened_at', '>=', dayStart).execute();
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { opened_at } of rows) {
    const hour = Math.floor((opened_at - dayStart) / hourMs);
    if (hour < hours.length) hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

/** The ways to reach users that do not work at the moment. */
export async function readTroubles(
  channels: Pick<Channels, 'obstacle'>,
  session: OperatorSession,
): Promise<DeskView['troubles']> {
  const found = await Promise.all(
    (['mail', 'text'] as const).map(async (channel) => {
      const reason = (await channels.obstacle(channel, session))?.reason;
      return reason === undefined || reason === 'address-unreachable' ? [] : [{ channel, reason }];
    }),
  );
  return found.flat();
}
