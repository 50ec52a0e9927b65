import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalAccount, ExternalDirectory } from '../../directories/external/external-directory.ts';

/** The minimum password length that a directory reports; 0 if it reports none. */
export const shortestIn = async (external: ExternalDirectory, key: string): Promise<number> =>
  external.effectivePolicy(key).then(
    ({ minLength }) => minLength ?? 0,
    // The directory judges the password itself.
    () => 0,
  );

/**
 * Called after a write whose answer was lost: the directory's own date proves that the write succeeded. Throws the fault again if nothing is proved.
 * Another server of the directory may lag behind, so an unchanged date proves nothing.
 */
async function confirmWrite(
  thrown: unknown,
  external: ExternalDirectory,
  before: ExternalAccount,
): Promise<{ readonly passwordSetAt: number | null }> {
  if (!(thrown instanceof DirectoryFault) || thrown.code !== 'outcome-unknown') throw thrown;
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
export const setPasswordIn = async (external: ExternalDirectory, key: string, password: Secret) => {
  const before = await external.read(key);
  if (before === null) throw new DirectoryFault('account-gone');
  const { passwordSetAt } = await external
    .setTemporaryPassword(key, password)
    .catch((thrown: unknown) => confirmWrite(thrown, external, before));
  const after = async (isWanted: boolean, work: () => Promise<void>) =>
    isWanted &&
    work().then(
      () => true,
      () => false,
    );
  const { unlock, endSessions } = external.capabilities;
  const unlocked = await after(before.lockedSince !== null && unlock === true, () => external.unlock(key));
  const ended = await after(endSessions === true, () => external.endSessions(key));
  return { passwordSetAt, outcome: { unlocked, sessionsEnded: ended ? 1 : 0 } };
};

/** Issues a one-time pass. The password and open sessions remain valid. Throws a {@link DirectoryFault}. */
export const issuePassIn = async ({ accessPasses }: ExternalDirectory, key: string, validFor: number) => {
  if (accessPasses === undefined) throw new DirectoryFault('not-possible');
  return accessPasses.issue(key, validFor);
};
