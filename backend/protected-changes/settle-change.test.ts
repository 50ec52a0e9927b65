import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from '../store/append-event.ts';
import { openSqliteInMemory } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import type { Collaborators } from './protected-changes-port.ts';
import { createSettleChange } from './settle-change.ts';
import { insertAdministrators, waitingChange } from './waiting-change-for-test.ts';

describe('the end of a waiting change', () => {
  let store: Store;
  let settle: ReturnType<typeof createSettleChange>;
  beforeEach(async () => {
    const { db } = await openSqliteInMemory();
    store = createStore(db, () => 1000);
    await store.writeUnaudited(async (tx) => {
      await insertAdministrators(tx, ['ann']);
      await tx.insertInto('protected_changes').values(waitingChange).execute();
    });
    settle = createSettleChange({
      store,
      mails: { readers: () => Promise.resolve([]), tell: () => Promise.resolve() },
      live: { publish: () => undefined },
      now: () => 1000,
    } as unknown as Collaborators);
  });
  afterEach(() => store.close());

  it('is written once, when two calls have read the change while it waited', async () => {
    // Both have read it before the first one ends it.
    const [first, second] = [await settle.findWaiting('change'), await settle.findWaiting('change')];
    await settle.end(first, { state: 'withdrawn', by: 'ann' }, systemOrigin, null);
    await expect(
      settle.end(second, { state: 'declined', by: 'bea', reason: 'no' }, systemOrigin, null),
    ).rejects.toMatchObject({ code: 'protected-change.settled' });
    const row = await store.db.selectFrom('protected_changes').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'withdrawn', decided_by: 'ann', reason: null });
    const events = await store.db.selectFrom('audit_events').select('action').execute();
    expect(events.map(({ action }) => action)).toEqual(['protected-change.withdrawn']);
  });
});
