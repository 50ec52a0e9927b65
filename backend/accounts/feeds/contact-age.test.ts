import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../open-for-test.ts';
import { directoryForTest } from './account-for-test.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const otherPhone = ['+49 30 5550199'];

describe('contact data from a directory', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let directory: Awaited<ReturnType<typeof directoryForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    directory = await directoryForTest(desk);
  });
  afterEach(() => desk.close());
  const fedAt = (at: number) =>
    desk.store.writeUnaudited((tx) => tx.updateTable('directories').set({ read_at: at }).execute());

  it('counts as changed from the directory’s time where it changed while the backend was down', async () => {
    await directory.readZoe({});
    desk.clock.at += 5 * day;
    const changed = await directory.readZoe({ phones: otherPhone, contactSetAt: directory.setAgo(3 * day) });
    expect(changed).toEqual({ email: null, phone: 3 * day - 10 * minute });
  });

  it('counts no earlier than the last read that still saw the former value, whatever the directory says', async () => {
    await directory.readZoe({});
    desk.clock.at += 5 * day;
    await fedAt(desk.clock.at - day);
    expect(await directory.readZoe({ phones: otherPhone, contactSetAt: directory.setAgo(3 * day) })).toEqual({
      email: null,
      phone: 0,
    });
  });

  it.each([
    ['behind', 10 * minute],
    ['ahead', -10 * minute],
  ])('waits as long where the directory’s clock is ten minutes %s', async (_way, behind) => {
    await directory.readZoe({});
    desk.clock.at += hour;
    const { phone } = await directory.readZoe({
      phones: otherPhone,
      contactSetAt: directory.setAgo(30 * minute + behind),
    });
    expect(phone).toBeLessThanOrEqual(30 * minute);
    expect(phone).toBeGreaterThanOrEqual(0);
  });

  it('never counts as changed in the future', async () => {
    await directory.readZoe({});
    desk.clock.at += day;
    expect(await directory.readZoe({ phones: otherPhone, contactSetAt: directory.setAgo(-day) })).toEqual({
      email: null,
      phone: 0,
    });
  });

  it('counts from the read where the directory tells no time', async () => {
    await directory.readZoe({});
    desk.clock.at += day;
    expect(await directory.readZoe({ email: 'new@example.com' })).toEqual({ email: 0, phone: null });
  });

  it('of an account that is read for the first time waits if the directory changed it an hour ago', async () => {
    const contactSetAt = { email: desk.clock.at - hour, phone: null };
    expect(await directory.readZoe({ createdAt: desk.clock.at - 90 * day, contactSetAt })).toEqual({
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
      const created = { createdAt: desk.clock.at - hour, contactSetAt: directory.setAgo(hour) };
      expect((await directory.readZoe(created, { newAccountsWait })).phone).toBe(phone);
    },
  );

  it('of an account whose number changed after its creation waits, new or not', async () => {
    const contactSetAt = directory.setAgo(hour);
    expect((await directory.readZoe({ createdAt: desk.clock.at - 3 * hour, contactSetAt })).phone).toBe(
      50 * minute,
    );
  });

  it('does not wait after a change that an administrator has announced', async () => {
    await directory.readZoe({});
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
    expect(
      await directory.readZoe({ email: 'zoe@example.org', contactSetAt: directory.setAgo(hour) }),
    ).toEqual({
      email: null,
      phone: null,
    });
  });
});
