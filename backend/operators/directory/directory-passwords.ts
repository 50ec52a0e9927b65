import { Secret } from '../../../shared/secret/secret.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalDirectory } from '../../directories/external/external-directory.ts';
import { Refusal } from '../../refusal.ts';
import { findAccountsByIdentifier } from '../../store/find-account.ts';
import type { Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { allowedTries, subjectOf, type DirectoryTries } from './directory-tries.ts';
import { signInDirectory } from './sign-in-settings.ts';

/** Whose password a sign-in tries at the directory. */
export interface DirectoryClaim {
  readonly directoryId: string;
  /** Null for names that no account of the directory has, and for operators with a password of this backend. */
  readonly account: AccountRow | null;
  /** The operator who is linked to the account. */
  readonly operator: OperatorsTable | undefined;
}

/**
 * The directory's verdict on a password. `password-expired`, `not-now` and `frozen`: the password is right, but the directory, or a freeze here, does not
 * let its owner in. `unavailable`: the directory did not answer.
 */
export type DirectoryVerdict = 'right' | 'wrong' | 'password-expired' | 'not-now' | 'frozen' | 'unavailable';

export interface DirectoryPasswords {
  /**
   * Whose password the directory would verify; null while operators do not sign in with one. `operator` is the one with the typed name, if any.
   * `isSession`: the operator is signed in already, so that the name is not looked up again.
   */
  claim(
    identifier: string,
    operator: OperatorsTable | undefined,
    isSession: boolean,
  ): Promise<DirectoryClaim | null>;
  /**
   * Tries the password. Names without an account make the same calls to the directory. `name` is the name under which tries of no account are counted;
   * `isKnown`: from a console that the operator has used before. Throws `session.operator-locked`.
   */
  tryPassword(
    claim: DirectoryClaim,
    password: string,
    from: { readonly name: string; readonly isKnown: boolean },
  ): Promise<DirectoryVerdict>;
}

/** Milliseconds until a directory counts as silent, for all calls of one sign-in. */
const patienceMs = 10_000;

/** Throws `timeout` if the work takes longer than an operator should wait. */
async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DirectoryFault('timeout')), patienceMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}

const unknownLockout = { threshold: null, window: null } as const;

const verdicts = {
  right: 'right',
  wrong: 'wrong',
  // These three do not prove that the password was right.
  locked: 'wrong',
  disabled: 'wrong',
  'must-change': 'password-expired',
  expired: 'password-expired',
  'not-now': 'not-now',
} as const satisfies Record<Awaited<ReturnType<ExternalDirectory['verifyPassword']>>, DirectoryVerdict>;

/** What a thrown value says about the password: nothing, unless the account is gone. */
function verdictOfFault(thrown: unknown): 'wrong' | 'unavailable' {
  if (thrown instanceof DirectoryFault) return thrown.code === 'account-gone' ? 'wrong' : 'unavailable';
  if (thrown instanceof Refusal && thrown.code.startsWith('directory.')) return 'unavailable';
  throw thrown;
}

/** Faults after which no server can have counted a wrong password. */
const reachedNoServer: ReadonlySet<string> = new Set([
  'unreachable',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'service-account-wrong',
  'service-password-expired',
]);

/** Verifies operators' passwords at the directory with which they sign in. */
export function createDirectoryPasswords({
  store,
  registry,
  tries,
}: {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly tries: DirectoryTries;
}): DirectoryPasswords {
  /** An account whose course the sign-in of an unknown name takes; null if the directory has none yet. */
  const anyKey = async (directoryId: string): Promise<string | null> => {
    const row = await store.db
      .selectFrom('directory_accounts')
      .innerJoin('accounts', 'accounts.id', 'directory_accounts.account_id')
      .select('accounts.source_id')
      .where('directory_accounts.directory_id', '=', directoryId)
      .where('accounts.closed_at', 'is', null)
      .where('accounts.disabled', '=', 0)
      .orderBy('accounts.row_id')
      .limit(1)
      .executeTakeFirst();
    return row?.source_id ?? null;
  };
  const accountOf = async (directoryId: string, key: string) =>
    store.db
      .selectFrom('accounts')
      .selectAll()
      .where('directory_id', '=', directoryId)
      .where('source_id', '=', key)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
  const operatorOf = (directoryId: string, key: string) =>
    store.db
      .selectFrom('operators')
      .selectAll()
      .where('directory_id', '=', directoryId)
      .where('directory_key', '=', key)
      .executeTakeFirst();

  /** Verifies the password of the account. Without an account, makes the same calls for a name that does not exist. */
  const verify = async (
    external: ExternalDirectory,
    account: AccountRow | null,
    password: Secret,
    like: string,
  ): Promise<DirectoryVerdict> => {
    if (account === null) {
      await external.verifyUnknownName(like, password);
      return 'wrong';
    }
    const verdict = verdicts[await external.verifyPassword(account.source_id ?? '', password)];
    return verdict === 'right' && account.frozen_at !== null ? 'frozen' : verdict;
  };

  return {
    async claim(identifier, operator, isSession) {
      const settings = await signInDirectory(store.db);
      if (settings === null) return null;
      const { directoryId } = settings;
      if (operator !== undefined && operator.directory_key === null)
        return { directoryId, account: null, operator };
      // The directory says whose a name is now: it may have been reused there.
      const [named] = isSession ? [] : await findAccountsByIdentifier(store.db, identifier, directoryId);
      const ownKey = operator?.directory_id === directoryId ? operator.directory_key : null;
      const account = named ?? (ownKey === null ? undefined : await accountOf(directoryId, ownKey)) ?? null;
      const linked =
        account?.source_id == null ? undefined : await operatorOf(directoryId, account.source_id);
      return { directoryId, account, operator: linked ?? (account === null ? operator : undefined) };
    },

    async tryPassword({ directoryId, account }, password, { name, isKnown }) {
      const subject = account?.source_id == null ? `name ${name}` : subjectOf(account.source_id);
      let isReserved = false;
      const release = async () => {
        if (isReserved) await tries.release(subject, isKnown);
      };
      try {
        const like = account?.source_id ?? (await anyKey(directoryId));
        if (like === null) return 'wrong';
        const { external } = await registry.open(directoryId);
        const verdict = await withDeadline(
          (async () => {
            const allowed = allowedTries((await external.lockoutOf?.(like)) ?? unknownLockout);
            await tries.reserve(subject, isKnown, allowed);
            isReserved = allowed !== null;
            return verify(external, account, new Secret(password), like);
          })(),
        );
        if (verdict === 'right') await tries.forget(subject);
        else if (verdict !== 'wrong') await release();
        return verdict;
      } catch (thrown) {
        if (thrown instanceof DirectoryFault && reachedNoServer.has(thrown.code)) await release();
        return verdictOfFault(thrown);
      }
    },
  };
}
