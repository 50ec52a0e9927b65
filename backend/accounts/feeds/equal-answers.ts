import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { isUsableKey } from '../../directories/external/account-key.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { piecesOf } from './pieces.ts';
import { withWholeTimes } from './read-entries.ts';

/** Accounts that are compared at once: so few keep the process from requests for about a millisecond. */
const accountsAtOnce = 50;
/** Keys in one statement. */
const keysAtOnce = 500;

/**
 * A digest of all that a directory tells of an account, and of the time when the account was last changed here: after another source or an operator has
 * changed it, the same answer makes a difference.
 */
export const answerDigest = (account: ExternalAccount, changedAt: number): string =>
  createHash('sha256')
    .update(JSON.stringify([withWholeTimes(account), changedAt]))
    .digest('base64url');

/** The stored states of accounts that are open, by key. A reset or an unlock changes them before the directory tells of it. */
async function statesOf({ db }: Pick<Store, 'db'>, source: string, keys: readonly string[]) {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
    .select([
      'accounts.source_id',
      'accounts.disabled',
      'accounts.locked_since',
      'accounts.updated_at',
      'directory_accounts.answer_digest',
      'directory_accounts.password_set_at',
      'directory_accounts.must_change',
      'directory_accounts.locked_until',
      'directory_accounts.locked_at',
    ])
    .where('accounts.directory_id', '=', source)
    .where('accounts.source_id', 'in', keys)
    .where('accounts.closed_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.source_id, row]));
}
type State = Awaited<ReturnType<typeof statesOf>> extends ReadonlyMap<unknown, infer Row> ? Row : never;

function isAsStored(told: ExternalAccount, stored: State): boolean {
  const account = withWholeTimes(told);
  return (
    stored.answer_digest === answerDigest(told, stored.updated_at) &&
    stored.disabled === Number(account.disabled) &&
    stored.locked_since === account.lockedSince &&
    stored.password_set_at === account.passwordSetAt &&
    stored.must_change === Number(account.mustChange) &&
    stored.locked_until === account.lockedUntil &&
    stored.locked_at === account.lockedAt
  );
}

/**
 * The accounts of which a directory tells something else than the last time. The first changes after a read of all accounts contain many that this
 * read has brought: to apply them again would take a second read's time.
 */
export async function withoutEqualAnswers(
  store: Pick<Store, 'db'>,
  source: string,
  accounts: readonly ExternalAccount[],
): Promise<readonly ExternalAccount[]> {
  const left: ExternalAccount[] = [];
  // Of several answers about one account the last counts. If only it were left out, an earlier one would be applied.
  const last = new Map(accounts.map((account) => [account.key, account]));
  for (const piece of piecesOf([...last.values()], accountsAtOnce)) {
    await setImmediate();
    const states = await statesOf(store, source, piece.map(({ key }) => key).filter(isUsableKey));
    left.push(
      ...piece.filter((account) => {
        const stored = states.get(account.key);
        return stored === undefined || !isAsStored(account, stored);
      }),
    );
  }
  return left;
}

/** Forgets what was told of accounts, so that the same answer is applied once it is given again. */
export async function forgetAnswers(tx: Transaction, source: string, keys: readonly string[]): Promise<void> {
  for (const piece of piecesOf(keys.filter(isUsableKey), keysAtOnce))
    await tx
      .updateTable('directory_accounts')
      .set({ answer_digest: null })
      .where('account_id', 'in', (query) =>
        query
          .selectFrom('accounts')
          .select('id')
          .where('directory_id', '=', source)
          .where('source_id', 'in', piece),
      )
      .execute();
}
