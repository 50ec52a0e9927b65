import { Secret } from '../../shared/secret/secret.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import { refusalOfFault } from '../directories/configured/refusal-of-fault.ts';
import type { AccountRow, Directory } from '../directories/directory.ts';
import type { ConfiguredDirectory } from '../directories/external/configured-directory.ts';
import { DirectoryFault, type PasswordRefusal } from '../directories/external/directory-fault.ts';
import type { ExternalDirectory } from '../directories/external/external-directory.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';

/**
 * The verdict of an account's external directory on a password. `elsewhere`: the directory does not let this backend try passwords. `unavailable`: it
 * did not answer, or is switched off.
 */
export type ExternalProof = 'right' | 'must-change' | 'wrong' | 'locked' | 'elsewhere' | 'unavailable';

const notSignedIn = { expired: 'must-change', disabled: 'wrong', 'not-now': 'wrong' } as const;

/** Tries a password at the account's external directory. A wrong one counts towards the directory's own lockout. */
export async function tryExternalPassword(
  { directory, store }: { readonly directory: Pick<Directory, 'externalOf'>; readonly store: Store },
  account: AccountRow,
  password: string,
): Promise<ExternalProof> {
  try {
    const configured = await directory.externalOf(account);
    if (configured === null) return 'wrong';
    const { external } = configured;
    if (external.capabilities.verifyPassword !== true) return 'elsewhere';
    const record = await store.db
      .selectFrom('directory_accounts')
      .select('temporary_reset_id')
      .where('account_id', '=', account.id)
      .executeTakeFirst();
    // A second try of a copied temporary password would count towards the lockout.
    const typed = record?.temporary_reset_id == null ? password : readTemporaryPassword(password);
    const outcome = await external.verifyPassword(account.source_id ?? '', new Secret(typed));
    return outcome in notSignedIn
      ? notSignedIn[outcome as keyof typeof notSignedIn]
      : (outcome as Exclude<typeof outcome, keyof typeof notSignedIn>);
  } catch (thrown) {
    return refusedProof(thrown);
  }
}

/** An account that is gone has no password; everything else that a directory did not do says nothing about the password. */
function refusedProof(thrown: unknown): 'wrong' | 'unavailable' {
  if (thrown instanceof DirectoryFault) return thrown.code === 'account-gone' ? 'wrong' : 'unavailable';
  if (thrown instanceof Refusal) return thrown.code === 'directory.not-found' ? 'wrong' : 'unavailable';
  throw thrown;
}

/** The same for a name that no account has, in the directories whose course it takes. */
export async function tryUnknownName(
  directory: Pick<Directory, 'externalOf' | 'unknownNameCourses'>,
  name: string,
  password: string,
): Promise<'wrong' | 'unavailable'> {
  const proofs: ('wrong' | 'unavailable')[] = [];
  for (const { directory_id, key } of await directory.unknownNameCourses(name)) {
    try {
      const configured = await directory.externalOf({ directory_id });
      if (configured?.external.capabilities.verifyPassword === true)
        await configured.external.verifyUnknownName(key, new Secret(password));
    } catch (thrown) {
      proofs.push(refusedProof(thrown));
    }
  }
  return proofs.includes('unavailable') ? 'unavailable' : 'wrong';
}

/** The directory's refusals as faults of the pages. */
const faultOfRefusal: Readonly<Record<PasswordRefusal, PasswordFault>> = {
  'used-before': 'used-before',
  'too-short': 'directory-longer',
  'too-long': 'directory-shorter',
  'not-complex': 'directory-stronger',
  'too-soon': 'directory-too-soon',
  'contains-name': 'contains-user-name',
  forbidden: 'common-password',
  'rules-conflict': 'directory-refused',
  'no-pass': 'directory-refused',
  other: 'directory-refused',
};

/** The outcome of setting a chosen password in an external directory. */
export type ChosenExternally =
  | { readonly kind: 'set'; readonly setAt: number | null }
  | { readonly kind: 'refused'; readonly fault: PasswordFault }
  /** Nothing was changed. */
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'unknown' };

/**
 * Sets the password as its user if the current one is known, so that the directory's history and minimum age apply; otherwise as the service account.
 */
async function setIn(
  external: ExternalDirectory,
  key: string,
  password: Secret,
  current: string | undefined,
): Promise<number | null> {
  const before = await external.read(key);
  if (before === null) throw new DirectoryFault('account-gone');
  try {
    if (current === undefined || external.capabilities.ownChange !== true)
      return (await external.setOwnPassword(key, password)).passwordSetAt;
    await external.changePassword(key, new Secret(current), password);
    // The password is changed already, so a failed read only leaves its date unknown.
    return (await external.read(key).catch(() => null))?.passwordSetAt ?? null;
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFault) || thrown.code !== 'outcome-unknown') throw thrown;
    // Only the directory's own date proves that the write succeeded. A failed read proves nothing, and must not hide the unknown outcome.
    const after = await external.read(key).catch(() => null);
    const isDone =
      after !== null &&
      after.passwordSetAt !== null &&
      after.passwordSetAt !== before.passwordSetAt &&
      !after.mustChange;
    if (!isDone) throw thrown;
    return after.passwordSetAt;
  }
}

/** Sets a password that the user chose. Never throws for the directory's answers. */
export async function chooseExternally(
  { external }: ConfiguredDirectory,
  account: AccountRow,
  password: string,
  current?: string,
): Promise<ChosenExternally> {
  try {
    const setAt = await setIn(external, account.source_id ?? '', new Secret(password), current);
    return { kind: 'set', setAt };
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFault)) throw thrown;
    if (thrown.code === 'outcome-unknown') return { kind: 'unknown' };
    if (thrown.code !== 'password-refused') return { kind: 'failed', refusal: refusalOfFault(thrown) };
    return { kind: 'refused', fault: faultOfRefusal[(thrown.detail ?? 'other') as PasswordRefusal] };
  }
}
