import type { Secret } from '../../../shared/secret/secret.ts';
import type { DirectoryDemands } from './generate-for-reset.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type {
  AccountForWrite,
  ExternalDirectory,
  PreparedReset,
} from '../../directories/external/external-directory.ts';

/** Reads the account for a reset, before its intent. A fault is thrown by {@link setPasswordIn}, so that the intent is recorded first. */
export const prepareIn = async (
  external: ExternalDirectory,
  key: string,
): Promise<PreparedReset | DirectoryFault> =>
  external.prepareReset(key).catch((thrown: unknown) => {
    if (thrown instanceof DirectoryFault) return thrown;
    throw thrown;
  });

/** What a directory reports of its demands. The directory judges the password itself. */
export const demandsIn = (prepared: PreparedReset | DirectoryFault): DirectoryDemands =>
  prepared instanceof DirectoryFault
    ? {}
    : { shortest: prepared.policy.minLength ?? 0, characters: prepared.policy.characters };

/**
 * Called after a write whose answer was lost: the directory's own date proves that the write succeeded. Throws the fault again if nothing is proved.
 * Another server of the directory may lag behind, so an unchanged date proves nothing.
 */
async function confirmWrite(
  thrown: unknown,
  external: ExternalDirectory,
  before: AccountForWrite,
): Promise<{ readonly passwordSetAt: number | null }> {
  if (!(thrown instanceof DirectoryFault) || thrown.code !== 'outcome-unknown') throw thrown;
  // A failed read proves nothing, and the unknown outcome of the write must not be hidden by it.
  const now = await external.read(before.key).catch(() => null);
  const isNew =
    now !== null &&
    now.mustChange &&
    (now.passwordSetAt !== before.passwordSetAt || (!before.mustChange && now.passwordSetAt === null));
  if (!isNew) throw thrown;
  return { passwordSetAt: now.passwordSetAt };
}

/**
 * Sets the password, and unlocks a locked account, whose user could not sign in otherwise. Throws a {@link DirectoryFault}; with `outcome-unknown`,
 * the password may have been set.
 */
export const setPasswordIn = async (
  external: ExternalDirectory,
  prepared: PreparedReset | DirectoryFault,
  password: Secret,
) => {
  if (prepared instanceof DirectoryFault) throw prepared;
  const { account } = prepared;
  const { passwordSetAt } = await prepared
    .setTemporaryPassword(password)
    .catch((thrown: unknown) => confirmWrite(thrown, external, account));
  const after = async (isWanted: boolean, work: () => Promise<void>) =>
    isWanted &&
    work().then(
      () => true,
      () => false,
    );
  const { unlock, endSessions } = external.capabilities;
  const unlocked = await after(account.lockedSince !== null && unlock === true, () => prepared.unlock());
  const ended = await after(endSessions === true, () => prepared.endSessions());
  return { passwordSetAt, outcome: { unlocked, sessionsEnded: ended ? 1 : 0 } };
};

/** Issues a one-time pass. The password and open sessions remain valid. Throws a {@link DirectoryFault}. */
export const issuePassIn = async ({ accessPasses }: ExternalDirectory, key: string, validFor: number) => {
  if (accessPasses === undefined) throw new DirectoryFault('not-possible');
  return accessPasses.issue(key, validFor);
};

/** Refusals that another password may escape. */
const worthAnother: ReadonlySet<DirectoryFault['detail']> = new Set([
  'not-complex',
  'contains-name',
  'forbidden',
  'other',
]);

/** Passwords that are tried before a refusal is reported. */
const maxPasswords = 6;

/**
 * Sets the first of several passwords that the directory accepts, and returns it with the answer. A directory may have rules that cannot be read
 * or checked here, such as a pattern or a list of forbidden passwords. A refused password changes nothing. A former password, and one of the wrong length, are not worth another try.
 */
export async function setFirstAccepted<P, A>(
  first: P,
  another: () => Promise<P>,
  set: (password: P) => Promise<A>,
): Promise<{ readonly accepted: P; readonly answer: A }> {
  for (let password = first, tries = 1; ; tries += 1) {
    try {
      return { accepted: password, answer: await set(password) };
    } catch (thrown) {
      const isRefused = thrown instanceof DirectoryFault && thrown.code === 'password-refused';
      const isWorthAnother = isRefused && worthAnother.has(thrown.detail);
      if (!isWorthAnother || tries === maxPasswords) throw thrown;
      password = await another();
    }
  }
}
