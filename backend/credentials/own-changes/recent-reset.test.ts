import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore, type Store } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { resetForTest } from './changes-for-test.ts';
import { findRecentReset } from './recent-reset.ts';

const hour = 3_600_000;
const now = Date.parse('2026-03-01T09:00:00Z');
/** Seconds, as in the policy. */
const within = 24 * 3600;

const old = { intended_at: now - 30 * hour, settled_at: now - 30 * hour } as const;

describe('the recent reset of an account', () => {
  let store: Store;
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), () => now);
    // The case and the account of the reset are irrelevant here.
    await sql`pragma foreign_keys = off`.execute(store.db);
  });
  afterEach(() => store.close());
  const put = (values: Partial<ResetsTable>) =>
    store.writeUnaudited((tx) =>
      tx
        .insertInto('resets')
        .values(resetForTest({ ...old, ...values }))
        .execute(),
    );
  const find = (accountId = 'account') => findRecentReset(store.db, accountId, within, now);

  it.each<[string, Partial<ResetsTable>, number | null]>([
    ['its intent', { intended_at: now - hour, settled_at: null }, now + 23 * hour],
    ['its end', { intended_at: now - 25 * hour, settled_at: now - 2 * hour }, now + 22 * hour],
    ['the use of its password', { used_at: now - 3 * hour }, now + 21 * hour],
    ["the user's own password", { used_at: now - 4 * hour, password_set_at: now - hour }, now + 23 * hour],
    ['nothing when it is older', {}, null],
    ['nothing at the end of the time', { used_at: now - 24 * hour }, null],
    ['nothing when it was revoked unused', { intended_at: now - hour, revoked_at: now - hour / 2 }, null],
    [
      'its use when it was revoked afterwards',
      { used_at: now - 3 * hour, revoked_at: now - hour },
      now + 21 * hour,
    ],
    [
      "the user's own password when it was revoked afterwards",
      { password_set_at: now - 3 * hour, revoked_at: now - hour },
      now + 21 * hour,
    ],
    ['nothing when it failed', { intended_at: now - hour, state: 'failed' }, null],
    [
      'its intent when its outcome is unknown',
      { intended_at: now - hour, state: 'unknown' },
      now + 23 * hour,
    ],
  ])('counts from %s', async (_from, values, until) => {
    await put(values);
    expect(await find()).toEqual(until === null ? null : { resetId: 'reset', until });
  });

  it('is the one whose last step is the newest', async () => {
    await put({ id: 'older', grant_id: 'a', idempotency_key: 'a', password_set_at: now - hour });
    await put({ id: 'newer', grant_id: 'b', idempotency_key: 'b', intended_at: now - 5 * hour });
    expect(await find()).toEqual({ resetId: 'older', until: now + 23 * hour });
  });

  it('is never that of another account', async () => {
    await put({ intended_at: now - hour });
    expect(await find('another')).toBeNull();
  });
});
