import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, noChange, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
beforeEach(async () => {
  test = await openFeedsForTest();
});
afterEach(() => test.desk.close());

describe('the feed of a directory whose first read is interrupted', () => {
  const four = ['ann', 'bea', 'cia', 'dan'];
  const row = () =>
    test.desk.store.db
      .selectFrom('directories')
      .selectAll()
      .where('id', '=', 'one')
      .executeTakeFirstOrThrow();
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
  const readTo = async (feeds: ReturnType<typeof test.started>, isSo: () => Promise<boolean>) => {
    await feeds.readDue();
    await expect.poll(isSo).toBe(true);
  };
  const isWhole = async () => (await row()).first_read_at !== null;

  it.each([
    [
      'a pause',
      () =>
        test.desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled: 0 }).execute()),
    ],
    ['a fault', () => Promise.resolve()],
  ])('continue with the next page after %s, and count on', async (_what, happen) => {
    const { directory, asked, counted } = twoPages(async () => {
      await happen();
      throw new DirectoryFault('unreachable');
    });
    await test.configure(directory);
    const first = test.started(directory);
    await readTo(first, async () => (await row()).leased_by === null);
    await first.stop();
    expect(await row()).toMatchObject({ accounts_read: 2, first_read_at: null });
    await test.desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled: 1 }).execute());
    const second = test.started(directory);
    await readTo(second, isWhole);
    await second.stop();
    // The cursor from before the first page: changes during the pause are read as well.
    expect(await row()).toMatchObject({ accounts_read: 4, cursor: 'cursor 1', unfinished_read: null });
    expect(asked).toEqual([null]);
    expect(counted).toEqual([4, 2]);
    expect(await test.open()).toEqual(four);
  });

  it('continue at once after a restart of the backend', async () => {
    const { directory, asked } = twoPages(() => new Promise((resolve) => void stopping.then(resolve)));
    let stop: () => void = () => undefined;
    const stopping = new Promise<void>((resolve) => (stop = resolve));
    await test.configure(directory);
    const first = test.started(directory);
    await readTo(first, async () => (await row()).accounts_read === 2);
    const stopped = first.stop();
    stop();
    await stopped;
    const second = test.started(directory);
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
    await test.configure(directory);
    const first = test.started(directory);
    await readTo(first, async () => (await row()).fault !== null);
    await first.stop();
    await test.desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('directories')
        .set({ fault: null, ...values })
        .execute(),
    );
    test.desk.clock.at += later;
    const anew = twoPages(() => Promise.resolve());
    const second = test.started(anew.directory);
    await readTo(second, isWhole);
    await second.stop();
    expect([counted, anew.counted, anew.asked]).toEqual([[4], [4], [null]]);
    expect(await row()).toMatchObject({ accounts_read: 4, cursor: 'cursor 1' });
  });
});
