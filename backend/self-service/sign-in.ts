import type { Origin } from '../store/append-event.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { admitUser, type PasswordProof } from './admit-user.ts';
import { createComparePassword, type Compared } from './compare-password.ts';
import { identifierKey } from '../text/identifier-steps.ts';
import { tryExternalPassword, tryUnknownName } from './external-password.ts';
import { noteUnanswered } from './note-unanswered.ts';
import { createCountFailure, failuresOneByOne } from './count-failure.ts';
import { firstStatusObstacle } from '../casework/decision/account-obstacle.ts';
import type { EventWindows } from '../store/event-windows.ts';
import { findAccountsByIdentifier } from '../store/find-account.ts';
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
      readonly kind: (typeof statusObstacles)[number];
      readonly account: AccountRow;
    }
  /** `until` in milliseconds; null for a lock that only the help desk can end. */
  | { readonly kind: 'locked'; readonly until: number | null; readonly account: AccountRow };

const statusObstacles = ['disabled', 'frozen', 'expired', 'not-started', 'no-local-password'] as const;

export interface UserSignIn {
  /**
   * `identifier`: a user name, or an email address or employee number that no other account of a directory has. The account of each directory that has
   * it is tried in turn, until one accepts the password.
   */
  signIn(identifier: string, password: string, origin: Origin): Promise<UserSignInOutcome>;
}

/** The outcomes that let a user in, perhaps after another step. */
const isAdmitted = ({ kind }: UserSignInOutcome): boolean =>
  kind === 'ok' || kind === 'must-change' || kind === 'needs-code';

/** What several directories say of one password, the most helpful first: a right one that opens nothing, silence, a lock. */
const telling = [
  'temporary-expired',
  'required-overdue',
  'disabled',
  'frozen',
  'expired',
  'not-started',
  'unavailable',
  'locked',
  'wrong',
  'no-local-password',
] as const;
const mostTelling = (outcomes: readonly UserSignInOutcome[]): UserSignInOutcome =>
  telling.flatMap((kind) => outcomes.find((outcome) => outcome.kind === kind) ?? [])[0] ?? { kind: 'wrong' };

/** Whether an account's password opens it; `fail` records that it did not, and counts it where this backend counts. */
type Attempt =
  | { readonly admitted: UserSignInOutcome }
  | { readonly admitted: null; readonly fail: () => Promise<UserSignInOutcome> };

/** Signs in with a password that an external directory compares. The directory counts failures and locks. */
function createSignInElsewhere({
  directory,
  store,
  fail,
  admit,
  now,
}: {
  readonly directory: Pick<Directory, 'externalOf'>;
  readonly store: Store;
  readonly fail: ReturnType<typeof createCountFailure>;
  readonly admit: (account: AccountRow, who: Origin, proof: PasswordProof) => Promise<UserSignInOutcome>;
  readonly now: () => number;
}) {
  return async (account: AccountRow, password: string, who: Origin): Promise<UserSignInOutcome> => {
    const proof = await tryExternalPassword({ directory, store }, account, password);
    if (proof === 'right' || proof === 'must-change') {
      const obstacle = firstStatusObstacle({ account, at: now() }, statusObstacles);
      if (obstacle === null)
        return admit(account, who, { by: 'directory', mustChange: proof === 'must-change' });
      await fail(account, who, obstacle, null);
      return { kind: obstacle, account };
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
}

/** Checks a user's password against the directories that may keep it, counts failures of the built-in one, and voids links that are no longer needed. */
export function createUserSignIn({
  store,
  directory,
  policy,
  hashing = unbounded,
  eventWindows,
  now,
}: {
  store: Store;
  directory: Pick<Directory, 'externalOf' | 'unknownNameCourses'>;
  policy: PolicyInForce;
  hashing?: PasswordHashing;
  eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  now: () => number;
}): UserSignIn {
  const fail = createCountFailure({ store, eventWindows, now });

  const compare = createComparePassword({ store, hashing, now });

  const admit = async (
    account: AccountRow,
    who: Origin,
    proof: PasswordProof,
  ): Promise<UserSignInOutcome> => {
    const { signIn, requiredReset } = (await policy.current()).document;
    return store.change(who, (tx, record) =>
      admitUser(tx, record, { account, proof, policy: { signIn, requiredReset }, at: now() }),
    );
  };

  const signInElsewhere = createSignInElsewhere({ directory, store, fail, admit, now });

  /** A failure is counted by the caller: the password may be that of the person's account in another directory. */
  const signInHere = async (
    account: AccountRow,
    { until, viaOld, matchedHash }: Compared,
    who: Origin,
  ): Promise<Attempt> => {
    const { failures: max, lockFor } = (await policy.current()).document.signIn;
    const refused = (kind: (typeof statusObstacles)[number]): Attempt => ({
      admitted: null,
      fail: async () => {
        await fail(account, who, kind, null);
        return { kind, account };
      },
    });
    if (until !== null)
      return {
        admitted: null,
        fail: async () => {
          await fail(account, who, 'locked', null);
          return { kind: 'locked', until: until === Infinity ? null : until, account };
        },
      };
    if (matchedHash === null)
      return {
        admitted: null,
        fail: async () => {
          const isLocked = await fail(account, who, 'wrong', { max, lockFor });
          return isLocked ? { kind: 'locked', until: now() + lockFor * 1000, account } : { kind: 'wrong' };
        },
      };
    const obstacle = firstStatusObstacle({ account, at: now() }, statusObstacles);
    if (obstacle !== null) return refused(obstacle);
    const outcome = await admit(account, who, { by: 'hash', matchedHash, viaOld });
    return isAdmitted(outcome)
      ? { admitted: outcome }
      : { admitted: null, fail: () => Promise.resolve(outcome) };
  };

  const refuseStranger = async (
    identifier: string,
    password: string,
    origin: Origin,
  ): Promise<UserSignInOutcome> => {
    const kind = await tryUnknownName(directory, identifierKey(identifier), password);
    await eventWindows.recordStranger({
      key: 'account.sign-in-failed',
      origin,
      // So many that response times reveal no names: for a known name, every failure is written.
      first: failuresOneByOne,
      event: { action: 'account.sign-in-failed', outcome: 'refused', facts: { reason: 'unknown' } },
    });
    return { kind };
  };

  return {
    async signIn(identifier, password, origin) {
      const { lockFor } = (await policy.current()).document.signIn;
      const accounts = await findAccountsByIdentifier(store.db, identifier);
      const own = accounts.find((account) => account.directory_id === null);
      const compared = await compare(own, password, lockFor);
      if (accounts.length === 0) return refuseStranger(identifier, password, origin);
      const whoOf = ({ id, display_name: name }: AccountRow): Origin => ({
        ...origin,
        actor: { kind: 'user', id, name },
      });
      const here = own && (await signInHere(own, compared, whoOf(own)));
      if (here?.admitted) return here.admitted;
      const outcomes: UserSignInOutcome[] = [];
      for (const account of await lastUsedFirst(store, accounts)) {
        if (account.directory_id === null) continue;
        const outcome = await signInElsewhere(account, password, whoOf(account));
        if (isAdmitted(outcome)) return outcome;
        outcomes.push(outcome);
      }
      return mostTelling(here ? [await here.fail(), ...outcomes] : outcomes);
    },
  };
}

/**
 * The accounts with the last one first with which their owner signed in. A directory counts a password that belongs to another as a wrong one, and its
 * own lock ends with a sign-in: so the one in use is asked before the others.
 */
async function lastUsedFirst(store: Store, accounts: readonly AccountRow[]): Promise<readonly AccountRow[]> {
  if (accounts.length < 2) return accounts;
  const rows = await store.db
    .selectFrom('audit_events')
    .select(['account_id', (of) => of.fn.max('seq').as('last')])
    .where(
      'account_id',
      'in',
      accounts.map(({ id }) => id),
    )
    .where('action', '=', 'account.signed-in')
    .groupBy('account_id')
    .execute();
  const last = new Map(rows.map((row) => [row.account_id, Number(row.last)]));
  return accounts.toSorted((one, other) => (last.get(other.id) ?? 0) - (last.get(one.id) ?? 0));
}
