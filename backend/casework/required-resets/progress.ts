import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import type {
  AccountProgress,
  LeftOutReason,
  RequiredResetAccount,
  RequiredResetView,
} from '../../../shared/api/required-reset.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { identityKey } from '../../text/fold.ts';
import { maskEmail } from '../../text/mask.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { notArrived } from './notify-again.ts';
import type { RequiredResetsTable } from '../../store/tables/required-resets.ts';

type RequiredReset = Selectable<RequiredResetsTable>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

interface Standing {
  readonly state: string;
  readonly by_desk: number;
  /** The state of the first mail; null before the first mail. */
  readonly mail: string | null;
}

/** The progress of an account. After the required reset has ended, users who wait for their mail will not get one. */
function progressOf({ state, by_desk, mail }: Standing, running: boolean): AccountProgress {
  if (state === 'left-out') return 'left-out';
  if (state === 'done') return 'done';
  if (by_desk === 1) return 'desk';
  if (mail === null || mail === 'queued' || mail === 'sending') return running ? 'waiting' : 'not-told';
  // A mail in the outbox has not left the server.
  return mail === 'accepted' ? 'told' : 'not-told';
}

const withMails = (store: Store, id: string) =>
  store.db
    .selectFrom('required_reset_accounts as account')
    .leftJoin('required_reset_mails as first', (join) =>
      join
        .onRef('first.required_reset_id', '=', 'account.required_reset_id')
        .onRef('first.account_id', '=', 'account.account_id')
        .on('first.kind', '=', 'told'),
    )
    .leftJoin('mails', 'mails.id', 'first.mail_id')
    .where('account.required_reset_id', '=', id);

/** A required reset with its numbers. */
export async function requiredResetViewOf(store: Store, row: RequiredReset): Promise<RequiredResetView> {
  const groups = await withMails(store, row.id)
    .select(['account.state', 'account.by_desk', 'mails.state as mail'])
    .select((of) => of.fn.countAll<number>().as('count'))
    .groupBy(['account.state', 'account.by_desk', 'mails.state'])
    .execute();
  const counts = { accounts: 0, done: 0, told: 0, waiting: 0, 'not-told': 0, desk: 0, 'left-out': 0 };
  for (const group of groups) {
    const progress = progressOf(group, row.state === 'running');
    counts[progress] += Number(group.count);
    if (progress !== 'left-out') counts.accounts += Number(group.count);
  }
  return {
    id: row.id,
    state: row.state as RequiredResetView['state'],
    reason: row.reason,
    startedAt: new Date(row.started_at).toISOString(),
    startedBy: row.started_by,
    dueAt: new Date(row.due_at).toISOString(),
    endedAt: iso(row.ended_at),
    stoppedBy: row.stopped_by,
    stopReason: row.stop_reason,
    counts,
  };
}

type Columns = Tables & {
  account: Tables['required_reset_accounts'];
  mails: { [C in keyof Tables['mails']]: Tables['mails'][C] | null };
};

/** The rows that `show` selects, in SQL. Must agree with {@link progressOf}. */
function shown(
  of: ExpressionBuilder<Columns, 'account' | 'mails'>,
  show: AccountProgress | 'missing',
  running: boolean,
) {
  const open = of('account.state', '=', 'open');
  const byMail = of.and([open, of('account.by_desk', '=', 0)]);
  const onItsWay = of.or([of('mails.state', 'is', null), of('mails.state', 'in', ['queued', 'sending'])]);
  const told = of('mails.state', '=', 'accepted');
  const refused = of('mails.state', 'in', [...notArrived]);
  switch (show) {
    case 'missing':
      return open;
    case 'done':
    case 'left-out':
      return of('account.state', '=', show);
    case 'desk':
      return of.and([open, of('account.by_desk', '=', 1)]);
    case 'told':
      return of.and([byMail, told]);
    case 'waiting':
      return running ? of.and([byMail, onItsWay]) : sql<boolean>`1 = 0`;
    case 'not-told':
      return of.and([byMail, running ? refused : of.or([refused, onItsWay])]);
  }
}

/** The accounts in the operator's scope by user name, starting after the last one of the previous page. */
export async function requiredResetAccountsOf(
  store: Store,
  row: RequiredReset,
  {
    show,
    after,
    limit,
  }: { readonly show: AccountProgress | 'missing'; readonly after: string; readonly limit: number },
  operator: { readonly scope: OperatorScope },
): Promise<{ accounts: RequiredResetAccount[]; more: boolean }> {
  const running = row.state === 'running';
  const matching = withMails(store, row.id)
    .innerJoin('accounts', 'accounts.id', 'account.account_id')
    .select([
      'account.account_id',
      'account.state',
      'account.by_desk',
      'account.left_out',
      'account.told_at',
      'account.done_at',
      'accounts.display_name',
      'accounts.user_name',
      'accounts.department',
      'accounts.email',
      'mails.state as mail',
      'mails.answer',
      'accounts.user_name_key',
    ])
    .where(withinScope(operator))
    .where((of) => shown(of as never, show, running) as never)
    .orderBy('accounts.user_name_key')
    .orderBy('accounts.id');
  const rows = await matching
    .where('accounts.user_name_key', '>', identityKey(after))
    .limit(limit + 1)
    .execute();
  // Several directories may have an account of the user name with which the page ends and the next one begins.
  const last = rows[limit - 1]?.user_name_key;
  const isSplit = last !== undefined && rows[limit]?.user_name_key === last;
  const page = isSplit
    ? [
        ...rows.filter((one) => one.user_name_key !== last),
        ...(await matching.where('accounts.user_name_key', '=', last).execute()),
      ]
    : rows.slice(0, limit);
  const reminders = new Map<string, number>();
  if (page.length > 0) {
    const counted = await store.db
      .selectFrom('required_reset_mails')
      .select('account_id')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('required_reset_id', '=', row.id)
      .where('kind', 'not like', 'told%')
      .where(
        'account_id',
        'in',
        page.map(({ account_id }) => account_id),
      )
      .groupBy('account_id')
      .execute();
    for (const { account_id, count } of counted) reminders.set(account_id, Number(count));
  }
  return {
    accounts: page.map((one) => {
      const progress = progressOf(one, running);
      return {
        accountId: one.account_id,
        displayName: one.display_name,
        userName: one.user_name,
        department: one.department,
        emailMasked: maskEmail(one.email),
        progress,
        leftOut: one.left_out as LeftOutReason | null,
        toldAt: iso(one.told_at),
        mailAnswer: progress === 'not-told' ? one.answer : null,
        inDoubt: one.mail === 'in-doubt',
        reminders: reminders.get(one.account_id) ?? 0,
        doneAt: iso(one.done_at),
      };
    }),
    more: rows.length > limit,
  };
}
