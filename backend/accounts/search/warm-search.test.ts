import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openForTest } from '../open-for-test.ts';
import type { AccountSearch } from './account-search.ts';
import { createWarmSearch } from './warm-search.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, phone: 2 },
} as const;

describe('the warm-up of the search', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let typed: string[];
  beforeEach(async () => {
    typed = [];
    desk = await openForTest();
    await desk.importCsv('a.smith,Anna Smith,+49 555 0100 777', mapping);
  });
  afterEach(() => desk.close());

  /** Searches among one account and says that there are `accounts`. */
  function warmSearchAmong(accounts: () => number, searched: () => void = () => undefined) {
    const search: AccountSearch = {
      search: async (text) => {
        typed.push(text);
        searched();
        return Promise.resolve({ hits: [], more: false, accounts: accounts() });
      },
      count: () => Promise.resolve(accounts()),
      close: () => undefined,
    };
    const warm = createWarmSearch({ store: desk.store, search });
    onTestFinished(() => warm.stop());
    return warm;
  }

  it('types the names of an account in both orders and misspelt, and its number', async () => {
    await warmSearchAmong(() => 20_000).warmIfDue();
    expect(typed).toEqual(
      expect.arrayContaining(['A', 'Anna Smith', 'Smith Anna', 'Smth Anna', 'a.smith', '+49 555 0100 777']),
    );
  });

  it('is left out among few accounts', async () => {
    await warmSearchAmong(() => 19_999).warmIfDue();
    expect(typed).toEqual([]);
  });

  it('is repeated only after a tenth more accounts have been added and no more are', async () => {
    let accounts = 20_000;
    const { warmIfDue } = warmSearchAmong(() => accounts);
    const timesAt = async (count: number) => {
      accounts = count;
      await warmIfDue();
      return typed.filter((text) => text === 'Anna Smith').length;
    };
    expect(await timesAt(20_000)).toBe(1);
    expect([await timesAt(21_999), await timesAt(21_999)]).toEqual([1, 1]);
    expect([await timesAt(22_000), await timesAt(23_000)]).toEqual([1, 1]);
    expect(await timesAt(23_000)).toBe(2);
  });

  it('ends after its current search when it is stopped', async () => {
    const warm = warmSearchAmong(
      () => 20_000,
      () => warm.stop(),
    );
    await warm.warmIfDue();
    expect(typed).toEqual(['A']);
  });
});
