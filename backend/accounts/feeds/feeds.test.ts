import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, noChange, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
beforeEach(async () => {
  test = await openFeedsForTest();
});
afterEach(() => test.desk.close());

describe('the feeds of directories', () => {
  it('read all accounts again and close missing ones if a directory has lost its cursor', async () => {
    const userNames = ['ann', 'bea'];
    const changesSince = (cursor: string | null) =>
      Promise.resolve(cursor === 'now' ? { ...noChange, isLost: true } : noChange);
    const directory = directoryWith('one', { userNames, changesSince });
    await test.configure(directory);
    const first = test.started(directory);
    await first.readDue();
    await expect.poll(test.open).toEqual(['ann', 'bea']);
    await first.stop();
    userNames.pop();
    test.desk.clock.at += 1000;
    const second = test.started(directory);
    await second.readDue();
    await expect.poll(test.open).toEqual(['ann']);
    await second.stop();
  });

  it('keep what they have read, without a fault, where an administrator switches the directory off meanwhile', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([accountForTest('ann')]);
        await test.desk.store.writeUnaudited((tx) =>
          tx.updateTable('directories').set({ enabled: 0 }).execute(),
        );
        throw new DirectoryFault('unreachable');
      },
    });
    await test.configure(directory);
    const feeds = test.started(directory);
    await feeds.readDue();
    const row = () => test.desk.store.db.selectFrom('directories').selectAll().executeTakeFirstOrThrow();
    await expect.poll(async () => [(await row()).enabled, (await row()).leased_by]).toEqual([0, null]);
    expect(await row()).toMatchObject({ fault: null, cursor: null });
    expect(await test.open()).toEqual(['ann']);
    await feeds.stop();
  });

  it('read all accounts once more if an administrator changes the settings between two pages', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([accountForTest('ann')]);
        await test.desk.store.writeUnaudited((tx) =>
          tx.updateTable('directories').set({ cursor: null, unfinished_read: null }).execute(),
        );
        yield pageOf([accountForTest('bea')]);
      },
    });
    await test.configure(directory);
    const feeds = test.started(directory);
    await feeds.readDue();
    const row = () => test.desk.store.db.selectFrom('directories').selectAll().executeTakeFirstOrThrow();
    await expect.poll(async () => (await row()).read_at).toBe(test.desk.clock.at);
    expect(await row()).toMatchObject({ cursor: null, fault: null });
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
    await test.configure(silent);
    await test.configure(other);
    const feeds = test.started(silent, other);
    void feeds.readDue();
    await expect.poll(test.open).toEqual(['ann']);
    await feeds.stop();
  });
});
