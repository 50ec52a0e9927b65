import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { openForTest } from '../open-for-test.ts';
import { resetForTest } from '../../credentials/own-changes/changes-for-test.ts';
import { sql } from 'kysely';
import { applyAccounts } from './apply-accounts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const zoe: ExternalAccount = {
  key: '00000000-0000-4000-8000-000000000001',
  userName: 'zoe',
  displayName: 'Zoe Example',
  email: 'zoe@example.com',
  phones: ['+49 30 5550100'],
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
  createdAt: null,
  contactSetAt: { email: null, phone: null },
};
const otherPhone = ['+49 30 5550199'];

describe('contact data from a directory', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('directories')
        .values(newDirectoryRow({ id: 'one', name: 'one', settings: { kind: 'ldap' }, now: 0 }))
        .execute(),
    );
  });
  afterEach(() => desk.close());

  /** Applies the account as it is read now. Answers when its contact data counts as changed, in milliseconds before now. */
  const read = async (account: Partial<ExternalAccount>, { newAccountsWait = false } = {}) => {
    const directory = { id: 'one', name: 'one', external: { kind: 'ldap' } };
    await desk.store.change(systemOrigin, async (tx, record) => {
      await applyAccounts(tx, record, directory as never, [{ ...zoe, ...account }], {
        policy: { phoneCountry: 'DE', newAccountsWait },
        now: desk.clock.at,
      });
      await record({ action: 'directory.read', facts: {} });
    });
    const { email_changed_at: email, phone_changed_at: phone } = await desk.store.db
      .selectFrom('accounts')
      .select(['email_changed_at', 'phone_changed_at'])
      .executeTakeFirstOrThrow();
    const ago = (at: number | null) => (at === null ? null : desk.clock.at - at);
    return { email: ago(email), phone: ago(phone) };
  };
  const fedAt = (at: number) =>
    desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ read_at: at }).execute());
  const setAgo = (ms: number) => ({ email: desk.clock.at - ms, phone: desk.clock.at - ms });

  it('counts as changed from the directory’s time where it changed while the backend was down', async () => {
    await read({});
    desk.clock.at += 5 * day;
    const changed = await read({ phones: otherPhone, contactSetAt: setAgo(3 * day) });
    expect(changed).toEqual({ email: null, phone: 3 * day - 10 * minute });
  });

  it('counts no earlier than the last read that still saw the former value, whatever the directory says', async () => {
    await read({});
    desk.clock.at += 5 * day;
    await fedAt(desk.clock.at - day);
    expect(await read({ phones: otherPhone, contactSetAt: setAgo(3 * day) })).toEqual({
      email: null,
      phone: 0,
    });
  });

  it('counts no earlier than a reset that may have used the former value', async () => {
    await read({});
    const { id } = await desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
    desk.clock.at += 5 * day;
    // The case of the reset is irrelevant here.
    await sql`pragma foreign_keys = off`.execute(desk.store.db);
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('resets')
        .values(resetForTest({ account_id: id, intended_at: desk.clock.at - day }))
        .execute(),
    );
    expect(await read({ phones: otherPhone, contactSetAt: setAgo(3 * day) })).toEqual({
      email: null,
      phone: 0,
    });
  });

  it.each([
    ['behind', 10 * minute],
    ['ahead', -10 * minute],
  ])('waits as long where the directory’s clock is ten minutes %s', async (_way, behind) => {
    await read({});
    desk.clock.at += hour;
    const { phone } = await read({ phones: otherPhone, contactSetAt: setAgo(30 * minute + behind) });
    expect(phone).toBeLessThanOrEqual(30 * minute);
    expect(phone).toBeGreaterThanOrEqual(0);
  });

  it('never counts as changed in the future', async () => {
    await read({});
    desk.clock.at += day;
    expect(await read({ phones: otherPhone, contactSetAt: setAgo(-day) })).toEqual({ email: null, phone: 0 });
  });

  it('counts from the read where the directory tells no time', async () => {
    await read({});
    desk.clock.at += day;
    expect(await read({ email: 'new@example.com' })).toEqual({ email: 0, phone: null });
  });

  it('of an account that is read for the first time waits if the directory changed it an hour ago', async () => {
    const contactSetAt = { email: desk.clock.at - hour, phone: null };
    expect(await read({ createdAt: desk.clock.at - 90 * day, contactSetAt })).toEqual({
      email: 50 * minute,
      phone: null,
    });
  });

  it.each([
    [false, null],
    [true, 50 * minute],
  ])(
    'of an account that was created an hour ago waits as the policy says: %s',
    async (newAccountsWait, phone) => {
      const created = { createdAt: desk.clock.at - hour, contactSetAt: setAgo(hour) };
      expect((await read(created, { newAccountsWait })).phone).toBe(phone);
    },
  );

  it('of an account whose number changed after its creation waits, new or not', async () => {
    const contactSetAt = setAgo(hour);
    expect((await read({ createdAt: desk.clock.at - 3 * hour, contactSetAt })).phone).toBe(50 * minute);
  });

  it('does not wait after a change that an administrator has announced', async () => {
    await read({});
    desk.clock.at += day;
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('known_changes')
        .values({
          id: 'announced',
          kind: 'mail-domain',
          from_value: 'example.com',
          to_value: 'example.org',
          reason: 'A new name',
          announced_by: 'Ann',
          announced_at: desk.clock.at,
          until: desk.clock.at + day,
          withdrawn_at: null,
        })
        .execute(),
    );
    expect(await read({ email: 'zoe@example.org', contactSetAt: setAgo(hour) })).toEqual({
      email: null,
      phone: null,
    });
  });
});
