import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import { lockedUntil } from '../accounts/statuses.ts';
import type { Origin } from '../store/append-event.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { admitUser } from './admit-user.ts';
import { identifierKey } from '../text/identifier-steps.ts';
import { tryExternalPassword, tryNobodysPassword } from './external-password.ts';
import { noteUnanswered } from './note-unanswered.ts';
import { createCountFailure, failuresOneByOne } from './count-failure.ts';
import { firstStatusObstacle } from '../casework/decision/account-obstacle.ts';
import type { EventWindows } from '../store/event-windows.ts';
import { findAccountByIdentifier } from '../store/find-account.ts';
import type { Store } from '../store/store.ts';
import type { AccountRow, Directory } from '../directories/directory.ts';

/** The outcome of a sign-in. Pages show only `wrong`, `unavailable` and what requires the correct password; never which user names exist. */
export type UserSignInOutcome =
  | { readonly kind: 'ok' | 'must-change'; readonly account: AccountRow }
  /** The password was correct; a code from the authenticator app is required as well. */
  | { readonly kind: 'needs-code'; readonly account: AccountRow; readonly mustChange: boolean }
  /**
   * `required-overdue`: the password was not replaced by its due date and is no longer accepted. `unavailable`: the external directory that keeps the
   * password, or would keep that of an unknown name, did not answer.
   */
  | { readonly kind: 'wrong' | 'temporary-expired' | 'required-overdue' | 'unavailable' }
  | {
      readonly kind: 'disabled' | 'frozen' | 'expired' | 'no-local-password';
      readonly account: AccountRow;
    }
  /** `until` in milliseconds; null for a lock that only the help desk can end. */
  | { readonly kind: 'locked'; readonly until: number | null; readonly account: AccountRow };

const statusObstacles = ['disabled', 'frozen', 'expired', 'no-local-password'] as const;

export interface UserSignIn {
  /** `identifier`: the user name, or an email address or employee number that no other account has. */
  signIn(identifier: string, password: string, origin: Origin): Promise<UserSignInOutcome>;
}

/** Makes the function that reads the account and compares its password with the typed one. `lockFor` in seconds. */
function createComparePassword({
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

  return async (identifier: string, password: string, lockFor: number) => {
    const account = await findAccountByIdentifier(store.db, identifier);
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
    return { account, until, viaOld, matchedHash: matches || matchesCleaned || viaOld ? hash : null };
  };
}

/** Checks a user's password against the directory that keeps it, counts failures where that is the built-in one, and voids links that are no longer needed. */
export function createUserSignIn({
  store,
  directory,
  policy,
  hashing = unbounded,
  eventWindows,
  now,
}: {
  store: Store;
  directory: Pick<Directory, 'externalOf' | 'nobodyFor'>;
  policy: PolicyInForce;
  hashing?: PasswordHashing;
  eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  now: () => number;
}): UserSignIn {
  const fail = createCountFailure({ store, eventWindows, now });

  const compare = createComparePassword({ store, hashing, now });

  /** The directory compares, counts and locks. */
  const signInElsewhere = async (
    account: AccountRow,
    password: string,
    who: Origin,
  ): Promise<UserSignInOutcome> => {
    const proof = await tryExternalPassword({ directory, store }, account, password);
    if (proof === 'right' || proof === 'must-change') {
      const obstacle = firstStatusObstacle({ account, at: now() }, statusObstacles);
      if (obstacle !== null) {
        await fail(account, who, obstacle, null);
        return { kind: obstacle, account };
      }
      const { signIn, requiredReset } = (await policy.current()).document;
      return store.change(who, (tx, record) =>
        admitUser(tx, record, {
          account,
          proof: { by: 'directory', mustChange: proof === 'must-change' },
          policy: { signIn, requiredReset },
          at: now(),
        }),
      );
    }
    // The password was not compared: nothing has failed.
    if (proof === 'unavailable') {
      await noteUnanswered({ store }, account, who);
      return { kind: 'unavailable' };
    }
    const reason = proof === 'elsewhere' ? 'no-local-password' : proof;
    await fail(account, who, reason, null);
    if (reason === 'wrong') return { kind: 'wrong' };
    return reason === 'locked' ? { kind: 'locked', until: null, account } : { kind: reason, account };
  };

  return {
    async signIn(identifier, password, origin) {
      const { signIn, requiredReset } = (await policy.current()).document;
      const { account, until, viaOld, matchedHash } = await compare(identifier, password, signIn.lockFor);
      if (!account) {
        const kind = await tryNobodysPassword(directory, identifierKey(identifier), password);
        await eventWindows.recordStranger({
          key: 'account.sign-in-failed',
          origin,
          // So many that response times reveal no names: for a known name, every failure is written.
          first: failuresOneByOne,
          event: { action: 'account.sign-in-failed', outcome: 'refused', facts: { reason: 'unknown' } },
        });
        return { kind };
      }
      const who: Origin = {
        ...origin,
        actor: { kind: 'user', id: account.id, name: account.display_name },
      };
      if (account.directory_id !== null) return signInElsewhere(account, password, who);
      if (until !== null) {
        await fail(account, who, 'locked', null);
        return { kind: 'locked', until: until === Infinity ? null : until, account };
      }
      if (matchedHash === null) {
        const locked = await fail(account, who, 'wrong', {
          max: signIn.failures,
          lockFor: signIn.lockFor,
        });
        return locked ? { kind: 'locked', until: now() + signIn.lockFor * 1000, account } : { kind: 'wrong' };
      }
      const obstacle = firstStatusObstacle({ account, at: now() }, statusObstacles);
      if (obstacle !== null) {
        await fail(account, who, obstacle, null);
        return { kind: obstacle, account };
      }
      return store.change(who, (tx, record) =>
        admitUser(tx, record, {
          account,
          proof: { by: 'hash', matchedHash, viaOld },
          policy: { signIn, requiredReset },
          at: now(),
        }),
      );
    },
  };
}
