import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resetForTest } from '../../credentials/own-changes/changes-for-test.ts';
import { openForTest } from '../open-for-test.ts';
import { directoryForTest } from './account-for-test.ts';

const day = 86_400_000;
const otherPhone = ['+49 30 5550199'];

describe('contact data from a directory', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let directory: Awaited<ReturnType<typeof directoryForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    directory = await directoryForTest(desk);
  });
  afterEach(() => desk.close());

  it('counts no earlier than a reset that may have used the former value', async () => {
    await directory.readZoe({});
    const { id } = await desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
    desk.clock.at += 5 * day;
    // The case of the reset is irrelevant here.
    await sql`pragma foreign_keys = off`.execute(desk.writer);
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('resets')
        .values(resetForTest({ account_id: id, intended_at: desk.clock.at - day }))
        .execute(),
    );
    expect(await directory.readZoe({ phones: otherPhone, contactSetAt: directory.setAgo(3 * day) })).toEqual({
      email: null,
      phone: 0,
    });
  });
});
