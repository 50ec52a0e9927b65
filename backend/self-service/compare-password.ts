import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import { lockedUntil } from '../accounts/statuses.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { Store } from '../store/store.ts';

export interface Compared {
  /** When the account's lock ends, in milliseconds: `Infinity` for a lock that only the help desk ends, null while it is not locked. */
  readonly until: number | null;
  /** Whether it is the previous password beside a temporary one. */
  readonly viaOld: boolean;
  /** The hash that the password matches; null for a wrong one. */
  readonly matchedHash: string | null;
}

/**
 * Makes the function that compares the typed password with that of an account in the built-in directory; without an account with none, at the same cost.
 * `lockFor` in seconds.
 */
export function createComparePassword({
  store,
  hashing,
  now,
}: {
  readonly store: Store;
  readonly hashing: PasswordHashing;
  readonly now: () => number;
}) {
  // Passwords for unknown user names are compared with this hash, so that they take as long as others.
  const dummyHashReady = hashing.hash('nobody has this password');

  return async (account: AccountRow | undefined, password: string, lockFor: number): Promise<Compared> => {
    const credentials =
      account &&
      (await store.db
        .selectFrom('account_credentials')
        .selectAll()
        .where('account_id', '=', account.id)
        .executeTakeFirst());
    const until = account ? lockedUntil(account, now(), lockFor) : null;
    // A wrong password always costs two comparisons, so that the timing reveals neither whether the account exists nor whether it has a
    // previous password beside a temporary one. A correct password costs one, or two if the account is locked, so that a lock hides it.
    const dummyHash = await dummyHashReady;
    const old = credentials?.old_hash ?? null;
    const matches = await hashing.verify(credentials?.password_hash ?? dummyHash, password);
    const matchesOld =
      matches && until === null ? false : (await hashing.verify(old ?? dummyHash, password)) && old !== null;
    // Compares once more if a copied temporary password may contain extra blanks or dashes. The cost depends on the typed text only, never on an
    // account.
    const cleaned = readTemporaryPassword(password);
    const temporary = credentials?.must_change === 1 ? credentials.password_hash : null;
    const matchesCleaned =
      cleaned !== password &&
      (!(matches || matchesOld) || until !== null) &&
      (await hashing.verify(temporary ?? dummyHash, cleaned)) &&
      temporary !== null;
    const viaOld = !matches && !matchesCleaned && matchesOld;
    const hash = viaOld ? old : (credentials?.password_hash ?? null);
    return { until, viaOld, matchedHash: matches || matchesCleaned || viaOld ? hash : null };
  };
}
