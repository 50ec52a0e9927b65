import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { createLive } from '../../live/live.ts';
import type { Origin } from '../../store/append-event.ts';
import { createSealed } from '../../store/sealed.ts';
import { createApplyChange } from './apply-change.ts';
import { changesForTest, resetForTest, silentNotifications } from './changes-for-test.ts';
import { createHeldChanges, type HeldChanges } from './held-changes.ts';
import type { OwnChange } from './own-change.ts';
import type { OwnChanges } from './own-changes.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2 },
} as const;
const hour = 3_600_000;

/** Two changes of each kind. */
const changes: readonly [OwnChange, OwnChange][] = [
  [
    { kind: 'email', address: 'one@example.org' },
    { kind: 'email', address: 'two@example.org' },
  ],
  [
    { kind: 'phone', phone: '+49 30 5550101' },
    { kind: 'phone', phone: '+49 30 5550102' },
  ],
  [
    { kind: 'recovery-address', address: 'home@example.org' },
    { kind: 'recovery-address', address: 'other@example.org' },
  ],
  [
    { kind: 'recovery-address-removed', recoveryId: 'r1', address: 'home@example.org' },
    { kind: 'recovery-address-removed', recoveryId: 'r2', address: 'other@example.org' },
  ],
  [
    { kind: 'authenticator', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', lastStep: 1 },
    { kind: 'authenticator', secret: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U', lastStep: 2 },
  ],
  [{ kind: 'authenticator-removed' }, { kind: 'authenticator-removed' }],
  [
    { kind: 'recovery-codes', hashes: ['a'] },
    { kind: 'recovery-codes', hashes: ['b'] },
  ],
];
const kinds = changes.map(([first, second]) => [first.kind, first, second] as const);

describe('a change shortly after a reset', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let own: OwnChanges;
  let held: HeldChanges;
  let [marlene, other]: { id: string; display_name: string }[] = [];
  const originOf = ({ id, display_name: name }: { id: string; display_name: string }): Origin => ({
    actor: { kind: 'user', id, name },
    clientAddress: null,
    client: null,
  });
  const who = (account: typeof marlene) => {
    if (!account) throw new Error('no account was imported');
    return account;
  };
  beforeEach(async () => {
    desk = await openForTest();
    const { store, now, policy } = desk;
    await desk.importCsv('m.okafor,Marlene Okafor,marlene@example.com\nb.two,Bo Two,bo@example.com', mapping);
    [marlene, other] = await store.db
      .selectFrom('accounts')
      .select(['id', 'display_name'])
      .orderBy('user_name', 'desc')
      .execute();
    // The reset's case is irrelevant here.
    await sql`pragma foreign_keys = off`.execute(desk.writer);
    await store.writeUnaudited((tx) =>
      tx
        .insertInto('resets')
        .values(resetForTest({ account_id: who(marlene).id, intended_at: now(), settled_at: now() }))
        .execute(),
    );
    const sealed = createSealed(new Uint8Array(32));
    own = changesForTest({ store, sealed, now });
    held = createHeldChanges({
      store,
      policy,
      sealed,
      applyChange: createApplyChange({ policy, notifications: silentNotifications, sealed }),
      notifications: silentNotifications,
      live: createLive(),
      now,
    });
  });
  afterEach(() => desk.close());
  const make = (change: OwnChange, account = who(marlene)) => own.make(account, change, originOf(account));
  const rows = () =>
    desk.store.db
      .selectFrom('own_changes')
      .select(['id', 'kind', 'state', 'sealed', 'code_hash'])
      .orderBy('asked_at')
      .execute();
  const accountsNow = () => desk.store.db.selectFrom('accounts').selectAll().orderBy('id').execute();

  it.each(kinds)('is held without effect: %s', async (kind, change) => {
    const before = await accountsNow();
    expect(await make(change)).toEqual({ kind: 'held', until: desk.clock.at + 24 * hour });
    expect(await rows()).toMatchObject([{ kind, state: 'held', sealed: expect.any(String) as string }]);
    expect(await accountsNow()).toEqual(before);
    for (const table of ['account_authenticators', 'account_recovery_codes', 'recovery_addresses'] as const)
      expect(await desk.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it.each(kinds)('is made at once when the reset was of another account: %s', async (kind, change) => {
    expect(await make(change, who(other))).toEqual({ kind: 'done' });
    expect(await rows()).toMatchObject([{ kind, state: 'done', sealed: null }]);
  });

  it.each(kinds)('replaces the older one of its kind: %s', async (_kind, first, second) => {
    await make(first);
    desk.clock.at += 1000;
    await make(second);
    expect(await rows()).toMatchObject([
      { state: 'withdrawn', sealed: null, code_hash: null },
      { state: 'held', sealed: expect.any(String) as string },
    ]);
  });

  it('leaves those of other kinds', async () => {
    for (const [first] of changes) {
      desk.clock.at += 1000;
      await make(first);
    }
    expect((await rows()).map(({ state }) => state)).toEqual(changes.map(() => 'held'));
  });

  it.each(kinds)('can be withdrawn by its own user alone: %s', async (_kind, change) => {
    await make(change);
    const [row] = await rows();
    const id = row?.id ?? '';
    expect(await held.withdraw(who(other), id, originOf(who(other)))).toBe(false);
    expect(await rows()).toMatchObject([{ state: 'held' }]);
    expect(await held.withdraw(who(marlene), id, originOf(who(marlene)))).toBe(true);
    expect(await rows()).toMatchObject([{ state: 'withdrawn', sealed: null, code_hash: null }]);
    expect(await held.withdraw(who(marlene), id, originOf(who(marlene)))).toBe(false);
  });

  it('is dropped exactly when its time is over', async () => {
    await make({ kind: 'email', address: 'one@example.org' });
    desk.clock.at += 24 * hour - 1;
    await held.sweep();
    expect(await rows()).toMatchObject([{ state: 'held' }]);
    desk.clock.at += 1;
    await held.sweep();
    expect(await rows()).toMatchObject([{ state: 'lapsed', sealed: null, code_hash: null }]);
  });
});
