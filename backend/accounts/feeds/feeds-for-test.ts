import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type {
  DirectoryChanges,
  ExternalAccount,
  ExternalDirectory,
} from '../../directories/external/external-directory.ts';
import { openForTest } from '../open-for-test.ts';
import { accountForTest } from './account-for-test.ts';
import { createFeedState } from './feed-state.ts';
import { createFeeds } from './feeds.ts';
import { createReadDirectory } from './read-directory.ts';

/** A read of changes that finds none. */
export const noChange: DirectoryChanges = { accounts: [], goneKeys: [], cursor: 'now', more: false };

/** A page of accounts. */
export const pageOf = (accounts: readonly ExternalAccount[], position: string | null = null) => ({
  accounts,
  position,
});

/** A directory with accounts, whose changes and whose read of all accounts a test can replace. */
export function directoryWith(
  id: string,
  calls: Partial<ExternalDirectory> & { userNames?: readonly string[] },
) {
  const external = {
    kind: 'entra',
    async *readAll() {
      yield pageOf((calls.userNames ?? []).map(accountForTest));
    },
    changesSince: () => Promise.resolve(noChange),
    read: () => Promise.resolve(null),
    ...calls,
  } as unknown as ExternalDirectory;
  return { id, name: id, external };
}

/** Feeds of a desk without accounts. */
export async function openFeedsForTest() {
  const desk = await openForTest();
  /** The directories about whose missing accounts the administrators were told. */
  const told: string[] = [];
  const configure = ({ id }: ConfiguredDirectory) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('directories')
        .values(newDirectoryRow({ id, name: id, settings: { kind: 'entra' }, now: 0 }))
        .execute(),
    );
  const collaborators = {
    ...desk,
    contactsChanged: () => Promise.resolve(),
    endAccess: () => Promise.resolve(),
    changesHeld: () => Promise.resolve(),
    closuresHeld: (_tx: unknown, { name }: { readonly name: string }) => {
      told.push(name);
      return Promise.resolve();
    },
  };
  /** Reads all accounts of a directory once; rejects if that fails. */
  const readOnce = async (directory: ConfiguredDirectory) => {
    const state = createFeedState(desk.store, 'test', desk.now);
    await state.take(directory.id);
    const begun = { cursor: null, allowed_until: null };
    await createReadDirectory({ ...collaborators, state }).readAll(
      directory,
      begun,
      new AbortController().signal,
    );
  };
  /** The feeds of a backend that has just started. */
  const started = (...directories: ConfiguredDirectory[]) =>
    createFeeds({
      ...collaborators,
      registry: {
        all: () => Promise.resolve(directories),
        open: (id) => {
          const found = directories.find((directory) => directory.id === id);
          return found === undefined ? Promise.reject(new Error('not opened')) : Promise.resolve(found);
        },
        close: () => Promise.resolve(),
      },
      onUnexpected: (_reference, thrown) => {
        throw thrown;
      },
    });
  const open = async () =>
    (
      await desk.store.db
        .selectFrom('accounts')
        .select('user_name')
        .where('closed_at', 'is', null)
        .orderBy('user_name')
        .execute()
    ).map((row) => row.user_name);
  return { desk, told, configure, started, readOnce, open };
}
