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

  it('is repeated only when there are half as many accounts more', async () => {
    let accounts = 20_000;
    const { warmIfDue } = warmSearchAmong(() => accounts);
    await warmIfDue();
    const once = typed.length;
    accounts = 29_999;
    await warmIfDue();
    expect(typed).toHaveLength(once);
    accounts = 30_000;
    await warmIfDue();
    expect(typed).toHaveLength(2 * once);
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
