import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { noContactTimes } from '../../directories/external/contact-times.ts';
import type { Transaction } from '../../store/store.ts';
import type { RowPlan } from '../import/analyse-rows.ts';
import type { ContactAge } from '../import/contact-age.ts';
import { piecesOf } from './pieces.ts';

/** Milliseconds by which the clock of a directory's server may be behind without making contact data look older than it is. */
const clockMs = 600_000;
/** Milliseconds after the creation of an account within which its contact data belongs to the creation. */
const creationMs = 3_600_000;

const isContact = (field: string): boolean => field === 'email' || field === 'phone';

interface Rules {
  /** Whether the contact data of accounts that were just created waits like changed data. */
  readonly newAccountsWait: boolean;
  readonly now: number;
}

/**
 * When the contact data of a known account changed. The directory's time counts, later by the tolerance for clocks, but never later than the read. If it
 * is earlier than the moment at which this backend last knew the former value, it is the time of another change, or was set back: then the read
 * counts.
 */
export function changeTime(
  setAt: number | null,
  { knownAt, now }: { readonly knownAt: number; readonly now: number },
): number | null {
  if (setAt === null) return null;
  const at = setAt + clockMs;
  return at < knownAt ? null : Math.min(at, now);
}

/** When the contact data of an account that is new in the index changed; null if it is that of the account's creation, unless that waits as well. */
export function firstTime(
  setAt: number | null,
  createdAt: number | null,
  { newAccountsWait, now }: Rules,
): number | null {
  if (setAt === null) return null;
  const isOfCreation = createdAt !== null && setAt <= createdAt + creationMs;
  return isOfCreation && !newAccountsWait ? null : Math.min(setAt + clockMs, now);
}

/** Accounts in one query. */
const accountsAtOnce = 500;

/**
 * Until when this backend knew the stored contact data of accounts to be the directory's: until the last successful read of changes, or of the account
 * itself, or until the last reset, which may have used it.
 */
async function readKnownAt(
  tx: Transaction,
  source: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number>();
  if (accountIds.length === 0) return known;
  const { read_at: feedAt } = await tx
    .selectFrom('directories')
    .select('read_at')
    .where('id', '=', source)
    .executeTakeFirstOrThrow();
  for (const piece of piecesOf(accountIds, accountsAtOnce)) {
    const rows = await tx
      .selectFrom('accounts')
      .leftJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
      .select(['accounts.id', 'directory_accounts.read_at'])
      .select((of) =>
        of
          .selectFrom('resets')
          .whereRef('resets.account_id', '=', 'accounts.id')
          .select(({ fn }) => fn.max('resets.intended_at').as('at'))
          .as('reset_at'),
      )
      .where('accounts.id', 'in', piece)
      .execute();
    for (const { id, read_at: readAt, reset_at: resetAt } of rows)
      known.set(id, Math.max(feedAt ?? 0, readAt ?? 0, Number(resetAt ?? 0)));
  }
  return known;
}

/** The age of the contact data that a directory has just told. */
export async function contactAgeOf(
  tx: Transaction,
  source: string,
  { accounts, plans }: { readonly accounts: readonly ExternalAccount[]; readonly plans: readonly RowPlan[] },
  rules: Rules,
): Promise<ContactAge> {
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  const changed = plans.filter(({ changes }) => changes.some(({ field }) => isContact(field)));
  const knownAt = await readKnownAt(
    tx,
    source,
    changed.flatMap(({ accountId }) => accountId ?? []),
  );
  return ({ source_id: key }, accountId) => {
    const account = byKey.get(key ?? '');
    if (account === undefined) return noContactTimes;
    const { contactSetAt, createdAt } = account;
    const timeOf = (setAt: number | null) =>
      accountId === null
        ? firstTime(setAt, createdAt, rules)
        : changeTime(setAt, { knownAt: knownAt.get(accountId) ?? rules.now, now: rules.now });
    return { email: timeOf(contactSetAt.email), phone: timeOf(contactSetAt.phone) };
  };
}
