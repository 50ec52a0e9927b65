import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { HeldDecision } from '../../../shared/api/held-row.ts';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { createBuiltInDirectory } from '../../directories/built-in/built-in-directory.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import { createAccountStates } from '../account-states.ts';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import { openForTest, operator as origin } from '../open-for-test.ts';
import { createHeldRows, type HeldRows } from './held-rows.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { id: 0, userName: 1, displayName: 2, email: 3, employeeNumber: 4 },
};
const rita = 'guid-rita-1,rsmith,Rita Smith,rita.smith@example.com,1001';
const ron = 'guid-ron-2,rsmith,Ron Smith,ron.smith@example.com,2002';

let desk: Awaited<ReturnType<typeof openForTest>>;
let held: HeldRows;
let ended: string[];
const endAccess = async (_tx: unknown, _record: unknown, accountId: string) => {
  ended.push(accountId);
};
beforeEach(async () => {
  desk = await openForTest();
  ended = [];
  held = createHeldRows({
    ...desk,
    contactsChanged: () => Promise.resolve(),
    endAccess,
  });
  await desk.store.writeUnaudited((tx) =>
    tx
      .insertInto('operators')
      .values(
        [
          ['ann', 'ann'],
          ['rita', 'rsmith'],
        ].map(([id = '', name = '']) => ({
          ...staffRow({ id, displayName: name }, 0),
          user_name: name,
          user_name_key: name,
        })),
      )
      .execute(),
  );
});
afterEach(() => desk.close());

const session = (id: string): OperatorSession => {
  const proved = approverSession(desk.clock.at);
  return { ...proved, operator: { ...proved.operator, id, displayName: id, scope: everyAccount } };
};
const accounts = () => desk.store.db.selectFrom('accounts').selectAll().orderBy('row_id').execute();
const open = async () => (await held.list(10)).rows;
const decide = async (decision: HeldDecision, by = 'ann') => {
  const [row] = await open();
  return held.decide(row?.id ?? '', decision, 'asked the personnel office', session(by), origin);
};

describe('a held row', () => {
  beforeEach(async () => {
    await desk.importCsv(rita, mapping);
    desk.clock.at += 1000;
    await desk.importCsv(ron, mapping);
  });

  it('is listed with both people before it changes anything', async () => {
    expect(await open()).toMatchObject([
      {
        reason: 'id-differs',
        line: 1,
        row: { userName: 'rsmith', displayName: 'Ron Smith', employeeNumber: '2002' },
        account: { displayName: 'Rita Smith', employeeNumber: '1001', sourceId: 'guid-rita-1' },
        closesAccount: true,
        canBeSame: true,
      },
    ]);
    expect(await accounts()).toMatchObject([{ display_name: 'Rita Smith', source_id: 'guid-rita-1' }]);
  });

  it('is listed once for all files that contain it', async () => {
    desk.clock.at += 1000;
    await desk.importCsv(ron, mapping);
    expect(await open()).toHaveLength(1);
  });

  it('of a new person leaves that person nothing of the old account', async () => {
    const [old] = await accounts();
    const id = old?.id ?? '';
    // The rows below need no others. Databases without this statement refuse it.
    await sql`pragma foreign_keys = off`.execute(desk.writer).catch(() => undefined);
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('account_credentials')
        .values({ account_id: id, password_hash: 'of Rita', set_at: 1, must_change: 0 })
        .execute();
      await tx
        .insertInto('password_history')
        .values({ account_id: id, password_hash: 'of Rita before', set_at: 0 })
        .execute();
      await tx
        .insertInto('user_sessions')
        .values({
          id: 's',
          token_hash: 't',
          account_id: id,
          created_at: 0,
          expires_at: desk.clock.at + 1000,
          must_change: 0,
        })
        .execute();
      await tx
        .insertInto('recovery_addresses')
        .values({
          id: 'r',
          account_id: id,
          address: 'r@home.example',
          address_key: 'r@home.example',
          added_at: 1,
        })
        .execute();
    });
    const freshId = await decide('new-person');
    const [closed, fresh] = await accounts();
    expect(closed).toMatchObject({
      id,
      display_name: 'Rita Smith',
      disabled: 1,
      closed_at: desk.clock.at,
      email_key: null,
      source_id: null,
    });
    expect(closed?.user_name).toMatch(/^rsmith~closed-\d{8}$/);
    expect(fresh).toMatchObject({
      id: freshId,
      user_name: 'rsmith',
      display_name: 'Ron Smith',
      email: 'ron.smith@example.com',
      source_id: 'guid-ron-2',
      disabled: 0,
    });
    expect(ended).toEqual([id]);
    for (const table of [
      'account_credentials',
      'password_history',
      'user_sessions',
      'recovery_addresses',
      'account_authenticators',
      'account_recovery_codes',
      'account_source_ids',
    ] as const) {
      const rows = await desk.store.db.selectFrom(table).select('account_id').execute();
      expect(rows.filter((row) => row.account_id === freshId)).toEqual([]);
    }
    expect(await open()).toEqual([]);
    desk.clock.at += 1000;
    expect(await desk.importCsv(ron, mapping)).toMatchObject({ unchanged: 1, held: 0 });
  });

  it('of the same person joins its id to the account', async () => {
    const [old] = await accounts();
    expect(await decide('same-person')).toBe(old?.id);
    desk.clock.at += 1000;
    expect(await desk.importCsv(ron, mapping)).toMatchObject({ held: 0, created: 0 });
    desk.clock.at += 1000;
    expect(await desk.importCsv(rita, mapping)).toMatchObject({ held: 0, created: 0 });
    expect(await accounts()).toHaveLength(1);
    const added = await desk.store.db.selectFrom('account_source_ids').selectAll().execute();
    expect(added).toMatchObject([{ account_id: old?.id, source_id: 'guid-ron-2' }]);
  });

  it('that is dropped leaves everything as it is', async () => {
    const before = await accounts();
    expect(await decide('drop')).toBeNull();
    expect(await accounts()).toEqual(before);
    expect(await open()).toEqual([]);
  });

  it('is decided once, by an operator who is not the account’s owner', async () => {
    await expect(decide('new-person', 'rita')).rejects.toMatchObject({ code: 'account.own' });
    const [row] = await open();
    await decide('new-person');
    const again = held.decide(row?.id ?? '', 'drop', 'once more', session('ann'), origin);
    await expect(again).rejects.toMatchObject({ code: 'held-row.settled' });
    const events = await desk.store.db
      .selectFrom('audit_events')
      .select('facts')
      .where('action', '=', 'accounts.held-row-decided')
      .execute();
    expect(events).toHaveLength(1);
    expect(events[0]?.facts).toContain('asked the personnel office');
  });
});

it('two rows of one file with one user name and two ids are both held', async () => {
  expect(await desk.importCsv(`${rita}\n${ron}`, mapping)).toMatchObject({ created: 0, held: 2, rows: 2 });
  expect(await accounts()).toEqual([]);
  expect(await decide('new-person')).not.toBeNull();
  await expect(decide('new-person')).rejects.toMatchObject({ code: 'held-row.user-name-taken' });
});

it('two rows of one file without ids are both listed if they differ in who the person is', async () => {
  await desk.importCsv(',bo,Bo Berg,bo@example.com,\n,bo,Bea Other,bea@example.com,', mapping);
  expect((await open()).map(({ reason, row }) => [reason, row.displayName])).toEqual([
    ['rows-contradict', 'Bo Berg'],
    ['rows-contradict', 'Bea Other'],
  ]);
  await desk.importCsv(',bo,Bo Berg,bo@example.com,', mapping);
  expect(await open()).toEqual([]);
});

it('a held row is no longer open once a later file contains it without the contradiction', async () => {
  await desk.importCsv('1,ann,Ann One,ann@example.com,\n2,bo,Bo Two,bo@example.com,', mapping);
  const renamed = '1,bo,Ann One,ann@example.com,\n2,bob,Bo Two,bo@example.com,';
  await desk.importCsv(renamed.split('\n')[0] ?? '', mapping);
  expect(await open()).toMatchObject([{ reason: 'user-name-taken' }]);
  desk.clock.at += 1000;
  await desk.importCsv(renamed, mapping);
  expect((await accounts()).map((row) => row.user_name)).toEqual(['bo', 'bob']);
  expect(await open()).toEqual([]);
});

it('a user name that changed hands with its owner’s id known goes to that owner', async () => {
  await desk.importCsv(`${rita}\nguid-bo,bo,Bo Two,bo@example.com,3003`, mapping);
  desk.clock.at += 1000;
  expect(await desk.importCsv('guid-bo,rsmith,Bo Two,bo@example.com,3003', mapping)).toMatchObject({
    held: 1,
  });
  const [row] = await open();
  expect(row).toMatchObject({ reason: 'user-name-taken', canBeSame: false, match: { userName: 'bo' } });
  await expect(decide('same-person')).rejects.toMatchObject({ code: 'held-row.not-same' });
  await decide('new-person');
  const [closed, bo] = await accounts();
  expect(closed).toMatchObject({ display_name: 'Rita Smith', disabled: 1 });
  expect(bo).toMatchObject({ display_name: 'Bo Two', user_name: 'rsmith' });
});

describe('an account disabled by hand', () => {
  const columns = { userName: 0, displayName: 1, status: 2 };
  const states = () =>
    createAccountStates({
      ...desk,
      directory: createBuiltInDirectory(desk),
      endAccess,
      live: { publish: () => undefined } as never,
    });
  it('stays disabled whatever an import says, until it is enabled by hand', async () => {
    await desk.importCsv('cy,Cy Three,active', { ...mapping, columns });
    const id = (await accounts())[0]?.id ?? '';
    await states().disable(id, 'left in anger', session('ann'), origin);
    expect(ended).toEqual([id]);
    desk.clock.at += 1000;
    await desk.importCsv('cy,Cy Three,active', { ...mapping, columns });
    expect(await accounts()).toMatchObject([{ disabled: 1, disabled_reason: 'left in anger' }]);
    const again = states().disable(id, 'once more', session('ann'), origin);
    await expect(again).rejects.toMatchObject({ code: 'account.disabled' });
    await states().enable(id, 'came back', session('ann'), origin);
    expect(await accounts()).toMatchObject([
      { disabled: 0, hand_disabled_at: null, enabled_at: desk.clock.at },
    ]);
    await expect(states().enable(id, 'why not', session('ann'), origin)).rejects.toMatchObject({
      code: 'account.not-disabled',
    });
  });

  it('is not the operator’s own', async () => {
    await desk.importCsv(rita, mapping);
    const id = (await accounts())[0]?.id ?? '';
    for (const act of ['disable', 'enable'] as const)
      await expect(states()[act](id, 'my own', session('rita'), origin)).rejects.toMatchObject({
        code: 'account.own',
      });
  });
});

it('a row of a directory is decided about within its directory', async () => {
  await desk.importCsv(rita, mapping);
  desk.clock.at += 1000;
  await desk.importCsv(ron, mapping);
  const settings = { kind: 'ldap' };
  const row = newDirectoryRow({ id: 'head-office', name: 'Head office', settings, now: 0 });
  const configured = { ...row, first_read_at: 0, read_at: 0 };
  await desk.store.writeUnaudited(async (tx) => {
    await tx.insertInto('directories').values(configured).execute();
    await tx.updateTable('held_rows').set({ source: configured.id, account_id: null }).execute();
  });
  const id = await decide('new-person');
  expect(await accounts()).toMatchObject([
    { display_name: 'Rita Smith', directory_id: null },
    { id, user_name: 'rsmith', display_name: 'Ron Smith', directory_id: configured.id },
  ]);
});
