import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findManager, findManagerOf } from './find-manager.ts';
import { openForTest } from '../accounts/open-for-test.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1, email: 2, status: 3, employeeNumber: 4 },
} as const;
const csv = `user,name,email,status,number
i.brandt,Ivo Brandt,ivo@example.com,active,A-00123
t.one,Twin Name,one@example.com,active,0047
t.two,Twin Name,two@example.com,active,12-34
d.gone,Dee Gone,dee@example.com,disabled
`;

describe('a manager', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv(csv, mapping);
  });
  afterEach(() => desk.close());

  it.each([
    ['I.Brandt', 'i.brandt'],
    [' ivo@EXAMPLE.com', 'i.brandt'],
    ['Ivo Brandt ', 'i.brandt'],
    ['A-00123', 'i.brandt'],
    ['a 00123', 'i.brandt'],
    ['Ivo Brandt (A00123)', 'i.brandt'],
    ['A-123', undefined],
    ['47', 't.one'],
    ['000047', 't.one'],
    ['1234', 't.two'],
    ['Twin Name', undefined],
    ['t.two', 't.two'],
    ['Dee Gone', undefined],
    ['Ivo', undefined],
    ['  ', undefined],
  ])('on file as “%s” is %s', async (named, userName) => {
    expect(
      (await findManager({ manager: named, directory_id: null }, desk.store.db, desk.now()))?.user_name,
    ).toBe(userName);
  });

  it.each([
    ['has expired', 'expires_at'],
    ['is frozen by its owner', 'frozen_at'],
  ] as const)('is not found once the account %s', async (_how, column) => {
    await desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('accounts')
        .set({ [column]: desk.now() })
        .where('user_name', '=', 'i.brandt')
        .execute(),
    );
    expect(
      await findManager({ manager: 'i.brandt', directory_id: null }, desk.store.db, desk.now()),
    ).toBeNull();
  });
});

it('the account that was noted for a manager counts as long as the text is the same', async () => {
  const desk = await openForTest();
  await desk.importCsv(csv, mapping);
  const { id } = await desk.store.db
    .selectFrom('accounts')
    .select('id')
    .where('user_name', '=', 't.one')
    .executeTakeFirstOrThrow();
  const of = async (manager: string, noted: string) =>
    (
      await findManagerOf(
        { manager, manager_id: id, manager_noted: noted, directory_id: null },
        desk.store.db,
        desk.now(),
      )
    )?.user_name;
  expect(await of('Twin Name', 'Twin Name')).toBe('t.one');
  expect(await of('i.brandt', 'Twin Name')).toBe('i.brandt');
  await desk.close();
});
