import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type {
  DirectoryChanges,
  ExternalAccount,
  ExternalDirectory,
} from '../../directories/external/external-directory.ts';
import { openForTest } from '../open-for-test.ts';
import { createFeeds } from './feeds.ts';

const account = (userName: string): ExternalAccount => ({
  key: `key ${userName}`,
  userName,
  displayName: userName,
  email: null,
  phones: [],
  employeeNumber: null,
  department: null,
  manager: null,
  isPrivileged: false,
  disabled: false,
  expiresAt: null,
  lockedSince: null,
  lockedUntil: null,
  lockedAt: null,
  passwordSetAt: null,
  mustChange: false,
  signsInElsewhere: false,
});
const noChange: DirectoryChanges = { accounts: [], goneKeys: [], cursor: 'now', more: false };

/** A directory with accounts, whose changes and whose read of all accounts a test can replace. */
function directoryWith(id: string, calls: Partial<ExternalDirectory> & { userNames?: readonly string[] }) {
  const external = {
    kind: 'entra',
    async *readAll() {
      yield (calls.userNames ?? []).map(account);
    },
    changesSince: () => Promise.resolve(noChange),
    ...calls,
  } as unknown as ExternalDirectory;
  return { id, name: id, external };
}

describe('the feeds of directories', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
  });
  afterEach(() => desk.close());

  const configure = ({ id }: ConfiguredDirectory) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('directories')
        .values(newDirectoryRow({ id, name: id, settings: { kind: 'entra' }, now: 0 }))
        .execute(),
    );
  /** The feeds of a backend that has just started. */
  const started = (...directories: ConfiguredDirectory[]) =>
    createFeeds({
      ...desk,
      contactsChanged: () => Promise.resolve(),
      endAccess: () => Promise.resolve(),
      registry: {
        all: () => Promise.resolve(directories),
        open: () => Promise.reject(new Error('not opened')),
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

  it('read all accounts again and close missing ones if a directory has lost its cursor', async () => {
    const userNames = ['ann', 'bea'];
    const changesSince = (cursor: string | null) =>
      Promise.resolve(cursor === 'now' ? { ...noChange, isLost: true } : noChange);
    const directory = directoryWith('one', { userNames, changesSince });
    await configure(directory);
    const first = started(directory);
    await first.readDue();
    await expect.poll(open).toEqual(['ann', 'bea']);
    await first.stop();
    userNames.pop();
    desk.clock.at += 1000;
    const second = started(directory);
    await second.readDue();
    await expect.poll(open).toEqual(['ann']);
    await second.stop();
  });

  it('read one directory while another one does not answer', async () => {
    const silent = directoryWith('silent', {
      changesSince: (_cursor, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const other = directoryWith('other', { userNames: ['ann'] });
    await configure(silent);
    await configure(other);
    const feeds = started(silent, other);
    void feeds.readDue();
    await expect.poll(open).toEqual(['ann']);
    await feeds.stop();
  });
});
