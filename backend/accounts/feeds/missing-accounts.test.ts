import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { DirectoryChanges } from '../../directories/external/external-directory.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, noChange, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
beforeEach(async () => {
  test = await openFeedsForTest();
});
afterEach(() => test.desk.close());

describe('the feed of a directory of which accounts are missing', () => {
  const six = ['ann', 'bea', 'cia', 'dan', 'eva', 'flo'];
  const row = (id: string) =>
    test.desk.store.db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  /** Reads once, as a backend that starts, and stops. */
  const readOnce = async (directory: ConfiguredDirectory) => {
    const { read_at: before } = await row(directory.id);
    test.desk.clock.at += 1000;
    const feeds = test.started(directory);
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
    await test.configure(directory);
    await readOnce(directory);
    userNames = ['ann'];
    for (const found of [
      { goneKeys: keysOf(six.slice(1)) },
      { presentKeys: new Set(keysOf(userNames)) },
      { isLost: true },
    ]) {
      changes = found;
      await readOnce(directory);
      expect(await test.open()).toEqual(six);
      expect(await row('one')).toMatchObject({ held_closures: 5, fault: null });
    }
    expect(test.told).toEqual(['one']);

    await test.desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('directories')
        .set({ allowed_until: test.desk.clock.at + 3_600_000, cursor: null })
        .execute(),
    );
    changes = {};
    await readOnce(directory);
    expect(await test.open()).toEqual(['ann']);
    expect((await row('one')).held_since).toBeNull();
  });

  it('are closed after a decision that falls in the middle of a read', async () => {
    let userNames = six;
    const allow = () =>
      test.desk.store.writeUnaudited((tx) =>
        tx
          .updateTable('directories')
          .set({ allowed_until: test.desk.clock.at + 3_600_000, cursor: null, held_since: null })
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
    await test.configure(directory);
    await readOnce(directory);
    await readOnce(directory);
    userNames = ['ann'];
    meanwhile = allow;
    await readOnce(directory);
    expect((await row('one')).cursor).toBeNull();
    await readOnce(directory);
    expect(await test.open()).toEqual(['ann']);
  });

  it('leave them open, and forget the decision, once the directory has them again', async () => {
    let present = new Set(keysOf(['ann']));
    const directory = directoryWith('one', {
      userNames: six,
      changesSince: () => Promise.resolve({ ...noChange, presentKeys: present }),
    });
    await test.configure(directory);
    await readOnce(directory);
    await readOnce(directory);
    expect((await row('one')).held_closures).toBe(5);
    present = new Set(keysOf(six));
    await readOnce(directory);
    expect((await row('one')).held_closures).toBeNull();
    expect(await test.open()).toEqual(six);
  });

  it('count closures of the last hour together', async () => {
    let goneKeys = keysOf(['ann', 'bea', 'cia']);
    const directory = directoryWith('one', {
      userNames: six,
      changesSince: (cursor) => Promise.resolve({ ...noChange, goneKeys: cursor === null ? [] : goneKeys }),
    });
    await test.configure(directory);
    await readOnce(directory);
    await readOnce(directory);
    expect(await test.open()).toEqual(['dan', 'eva', 'flo']);
    goneKeys = keysOf(['dan', 'eva']);
    await readOnce(directory);
    expect(await test.open()).toEqual(['dan', 'eva', 'flo']);
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
    await test.configure(directory);
    await readOnce(directory);
    await readOnce(directory);
    expect(await test.open()).toEqual(['ann', 'bea']);
  });
});
