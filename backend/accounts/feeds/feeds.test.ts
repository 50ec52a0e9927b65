import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type {
  DirectoryChanges,
  ExternalAccount,
  ExternalDirectory,
} from '../../directories/external/external-directory.ts';
import { openForTest } from '../open-for-test.ts';
import { accountForTest } from './account-for-test.ts';
import { createFeeds } from './feeds.ts';

const noChange: DirectoryChanges = { accounts: [], goneKeys: [], cursor: 'now', more: false };

const pageOf = (accounts: readonly ExternalAccount[], position: string | null = null) => ({
  accounts,
  position,
});

/** A directory with accounts, whose changes and whose read of all accounts a test can replace. */
function directoryWith(id: string, calls: Partial<ExternalDirectory> & { userNames?: readonly string[] }) {
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

describe('the feeds of directories', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  /** The directories about whose missing accounts the administrators were told. */
  let told: string[];
  beforeEach(async () => {
    told = [];
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
      changesHeld: () => Promise.resolve(),
      closuresHeld: (_tx, { name }) => {
        told.push(name);
        return Promise.resolve();
      },
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

  describe('of which accounts are missing', () => {
    const six = ['ann', 'bea', 'cia', 'dan', 'eva', 'flo'];
    const row = (id: string) =>
      desk.store.db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    /** Reads once, as a backend that starts, and stops. */
    const readOnce = async (directory: ConfiguredDirectory) => {
      const { read_at: before } = await row(directory.id);
      desk.clock.at += 1000;
      const feeds = started(directory);
      await feeds.readDue();
      await expect.poll(async () => (await row(directory.id)).read_at).not.toBe(before);
      await feeds.stop();
    };
    const keysOf = (userNames: readonly string[]) => userNames.map((name) => accountForTest(name).key);

    it('leave many of them open until an administrator allows it, whichever way they are found', async () => {
      let userNames = six;
      let changes: Partial<DirectoryChanges> = {};
      const directory = directoryWith('one', {
        async *readAll() {
          yield pageOf(userNames.map(accountForTest));
        },
        changesSince: (cursor) =>
          Promise.resolve({ ...noChange, ...(cursor !== null && changes), cursor: 'next' }),
      });
      await configure(directory);
      await readOnce(directory);
      userNames = ['ann'];
      for (const found of [
        { goneKeys: keysOf(six.slice(1)) },
        { presentKeys: new Set(keysOf(userNames)) },
        { isLost: true },
      ]) {
        changes = found;
        await readOnce(directory);
        expect(await open()).toEqual(six);
        expect(await row('one')).toMatchObject({ held_closures: 5, fault: null });
      }
      expect(told).toEqual(['one']);

      await desk.store.writeUnaudited((tx) =>
        tx
          .updateTable('directories')
          .set({ allowed_until: desk.clock.at + 3_600_000, cursor: null })
          .execute(),
      );
      changes = {};
      await readOnce(directory);
      expect(await open()).toEqual(['ann']);
      expect((await row('one')).held_since).toBeNull();
    });

    it('are closed after a decision that falls in the middle of a read', async () => {
      let userNames = six;
      const allow = () =>
        desk.store.writeUnaudited((tx) =>
          tx
            .updateTable('directories')
            .set({ allowed_until: desk.clock.at + 3_600_000, cursor: null, held_since: null })
            .execute(),
        );
      let meanwhile: () => Promise<unknown> = () => Promise.resolve();
      const directory = directoryWith('one', {
        async *readAll() {
          yield pageOf(userNames.map(accountForTest));
        },
        changesSince: async (cursor) => {
          if (cursor !== null) await meanwhile();
          return { ...noChange, goneKeys: cursor === null ? [] : keysOf(six.slice(1)) };
        },
      });
      await configure(directory);
      await readOnce(directory);
      await readOnce(directory);
      userNames = ['ann'];
      meanwhile = allow;
      await readOnce(directory);
      expect((await row('one')).cursor).toBeNull();
      await readOnce(directory);
      expect(await open()).toEqual(['ann']);
    });

    it('leave them open, and forget the decision, once the directory has them again', async () => {
      let present = new Set(keysOf(['ann']));
      const directory = directoryWith('one', {
        userNames: six,
        changesSince: () => Promise.resolve({ ...noChange, presentKeys: present }),
      });
      await configure(directory);
      await readOnce(directory);
      await readOnce(directory);
      expect((await row('one')).held_closures).toBe(5);
      present = new Set(keysOf(six));
      await readOnce(directory);
      expect((await row('one')).held_closures).toBeNull();
      expect(await open()).toEqual(six);
    });

    it('count closures of the last hour together', async () => {
      let goneKeys = keysOf(['ann', 'bea', 'cia']);
      const directory = directoryWith('one', {
        userNames: six,
        changesSince: (cursor) => Promise.resolve({ ...noChange, goneKeys: cursor === null ? [] : goneKeys }),
      });
      await configure(directory);
      await readOnce(directory);
      await readOnce(directory);
      expect(await open()).toEqual(['dan', 'eva', 'flo']);
      goneKeys = keysOf(['dan', 'eva']);
      await readOnce(directory);
      expect(await open()).toEqual(['dan', 'eva', 'flo']);
      expect((await row('one')).held_closures).toBe(2);
    });

    it('close one that vanished while no backend ran, and keep one that a list has missed', async () => {
      const there = accountForTest('bea');
      const directory = directoryWith('one', {
        userNames: ['ann', 'bea', 'cia'],
        changesSince: (cursor) =>
          Promise.resolve({ ...noChange, ...(cursor !== null && { presentKeys: new Set(keysOf(['ann'])) }) }),
        read: (key) => Promise.resolve(key === there.key ? there : null),
      });
      await configure(directory);
      await readOnce(directory);
      await readOnce(directory);
      expect(await open()).toEqual(['ann', 'bea']);
    });
  });

  describe('whose first read is interrupted', () => {
    const four = ['ann', 'bea', 'cia', 'dan'];
    const row = () =>
      desk.store.db.selectFrom('directories').selectAll().where('id', '=', 'one').executeTakeFirstOrThrow();
    /** A directory that answers two pages of two accounts. `between` runs after the first one. */
    const twoPages = (between: () => Promise<unknown>) => {
      const asked: (string | null)[] = [];
      const counted: number[] = [];
      const directory = directoryWith('one', {
        changesSince: (cursor) => {
          asked.push(cursor);
          return Promise.resolve({ ...noChange, cursor: `cursor ${asked.length}` });
        },
        async *readAll(signal, after) {
          const read = await after?.readOf(four.map((name) => accountForTest(name).key));
          counted.push(four.length - (read?.size ?? 0));
          if (after?.position !== 'second page')
            yield pageOf([accountForTest('ann'), accountForTest('bea')], 'second page');
          if (after === undefined) await between();
          signal.throwIfAborted();
          yield pageOf([accountForTest('cia'), accountForTest('dan')]);
        },
      });
      return { directory, asked, counted };
    };
    const readTo = async (feeds: ReturnType<typeof started>, isSo: () => Promise<boolean>) => {
      await feeds.readDue();
      await expect.poll(isSo).toBe(true);
    };
    const isWhole = async () => (await row()).first_read_at !== null;

    it.each([
      [
        'a pause',
        () => desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled: 0 }).execute()),
      ],
      ['a fault', () => Promise.resolve()],
    ])('continue with the next page after %s, and count on', async (_what, happen) => {
      const { directory, asked, counted } = twoPages(async () => {
        await happen();
        throw new DirectoryFault('unreachable');
      });
      await configure(directory);
      const first = started(directory);
      await readTo(first, async () => (await row()).leased_by === null);
      await first.stop();
      expect(await row()).toMatchObject({ accounts_read: 2, first_read_at: null });
      await desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled: 1 }).execute());
      const second = started(directory);
      await readTo(second, isWhole);
      await second.stop();
      // The cursor from before the first page: changes during the pause are read as well.
      expect(await row()).toMatchObject({ accounts_read: 4, cursor: 'cursor 1', unfinished_read: null });
      expect(asked).toEqual([null]);
      expect(counted).toEqual([4, 2]);
      expect(await open()).toEqual(four);
    });

    it('continue at once after a restart of the backend', async () => {
      const { directory, asked } = twoPages(() => new Promise((resolve) => void stopping.then(resolve)));
      let stop: () => void = () => undefined;
      const stopping = new Promise<void>((resolve) => (stop = resolve));
      await configure(directory);
      const first = started(directory);
      await readTo(first, async () => (await row()).accounts_read === 2);
      const stopped = first.stop();
      stop();
      await stopped;
      const second = started(directory);
      await readTo(second, isWhole);
      await second.stop();
      expect(await row()).toMatchObject({ accounts_read: 4, cursor: 'cursor 1' });
      expect(asked).toEqual([null]);
    });

    it.each([
      ['the settings have changed', { settings: '{"kind":"ldap"}' }, 0],
      ['the read began more than a week ago', {}, 8 * 86_400_000],
    ])('begin anew where %s', async (_what, values, later) => {
      const { directory, counted } = twoPages(() => Promise.reject(new DirectoryFault('unreachable')));
      await configure(directory);
      const first = started(directory);
      await readTo(first, async () => (await row()).fault !== null);
      await first.stop();
      await desk.store.writeUnaudited((tx) =>
        tx
          .updateTable('directories')
          .set({ fault: null, ...values })
          .execute(),
      );
      desk.clock.at += later;
      const anew = twoPages(() => Promise.resolve());
      const second = started(anew.directory);
      await readTo(second, isWhole);
      await second.stop();
      expect([counted, anew.counted, anew.asked]).toEqual([[4], [4], [null]]);
      expect(await row()).toMatchObject({ accounts_read: 4, cursor: 'cursor 1' });
    });
  });

  it('keep what they have read, without a fault, where an administrator switches the directory off meanwhile', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([accountForTest('ann')]);
        await desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled: 0 }).execute());
        throw new DirectoryFault('unreachable');
      },
    });
    await configure(directory);
    const feeds = started(directory);
    await feeds.readDue();
    const row = () => desk.store.db.selectFrom('directories').selectAll().executeTakeFirstOrThrow();
    await expect.poll(async () => [(await row()).enabled, (await row()).leased_by]).toEqual([0, null]);
    expect(await row()).toMatchObject({ fault: null, cursor: null });
    expect(await open()).toEqual(['ann']);
    await feeds.stop();
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
