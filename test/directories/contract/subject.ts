import { DirectoryFault } from '../../../backend/directories/external/directory-fault.ts';
import type {
  DirectoryChanges,
  ExternalAccount,
  ExternalDirectory,
} from '../../../backend/directories/external/external-directory.ts';
import type { InterruptedRead } from '../../../backend/directories/external/read-pages.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { DirectoryLab, NewAccount } from '../lab.ts';

/** The directory under test, with helpers for its tests. */
export interface Subject {
  readonly lab: DirectoryLab;
  readonly directory: ExternalDirectory;
  newName(): string;
  /** A new account: its key and name. */
  added(account?: Partial<NewAccount>): Promise<{ readonly userName: string; readonly key: string }>;
  /** Throws where the account was not found. */
  read(key: string): Promise<ExternalAccount>;
  /** What the directory says to a sign-in. */
  verify(key: string, password: string): ReturnType<ExternalDirectory['verifyPassword']>;
  /** The user changes the password, by the adapter where it can. */
  change(key: string, current: string, next: string): Promise<void>;
  /** Wrong passwords until the directory locks. */
  lock(key: string): Promise<void>;
}

export const secret = (text: string): Secret => new Secret(text);
export const never = (): AbortSignal => new AbortController().signal;

/** The fault of a call that should fail. */
export const faultOf = (work: Promise<unknown>): Promise<DirectoryFault> =>
  work.then(
    () => {
      throw new Error('It did not fail');
    },
    (thrown: unknown) => {
      if (thrown instanceof DirectoryFault) return thrown;
      throw thrown;
    },
  );

/** Sets a temporary password as a reset does. */
export const setTemporary = async (directory: ExternalDirectory, key: string, password: Secret) =>
  (await directory.prepareReset(key)).setTemporaryPassword(password);

/** "done", or the code of its fault. */
export const outcomeOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof DirectoryFault ? thrown.code : String(thrown)),
  );

export async function everything<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** All accounts of a directory. */
export async function everyAccount(
  directory: ExternalDirectory,
  signal = never(),
  after?: InterruptedRead,
): Promise<readonly ExternalAccount[]> {
  const all: ExternalAccount[] = [];
  for await (const { accounts } of directory.readAll(signal, after)) all.push(...accounts);
  return all;
}

/** All changes since a cursor. */
export async function changesOf(
  directory: ExternalDirectory,
  cursor: string,
): Promise<Pick<DirectoryChanges, 'accounts' | 'goneKeys' | 'presentKeys' | 'cursor'>> {
  const accounts: ExternalAccount[] = [];
  const goneKeys: string[] = [];
  let present: Pick<DirectoryChanges, 'presentKeys'> = {};
  for (let at = cursor; ;) {
    const changes = await directory.changesSince(at, never());
    accounts.push(...changes.accounts);
    goneKeys.push(...changes.goneKeys);
    if (changes.presentKeys !== undefined) present = { presentKeys: changes.presentKeys };
    at = changes.cursor;
    if (!changes.more) return { accounts, goneKeys, ...present, cursor: at };
  }
}
