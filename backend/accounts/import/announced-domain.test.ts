import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportField, ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest } from '../open-for-test.ts';

const mappingOf = (fields: readonly ImportField[]): ImportMapping => ({
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: Object.fromEntries(fields.map((field, at) => [field, at])),
});
let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

const account = (userName: string) =>
  desk.store.db
    .selectFrom('accounts')
    .selectAll()
    .where('user_name', '=', userName)
    .executeTakeFirstOrThrow();
const announce = () =>
  desk.store.writeUnaudited((tx) =>
    tx
      .insertInto('known_changes')
      .values({
        id: 'k',
        kind: 'mail-domain',
        from_value: 'old.example',
        to_value: 'new.example',
        reason: 'new name',
        announced_by: 'Ann',
        announced_at: desk.clock.at,
        until: desk.clock.at + 1,
        withdrawn_at: null,
      })
      .execute(),
  );

it('an announced mail domain renames the user names that are addresses', async () => {
  const fields = mappingOf(['userName', 'displayName', 'email']);
  const csv = (domain: string) => `ann@${domain},Ann One,ann@${domain}\nbo@${domain},Bo Two,bo@${domain}`;
  await desk.importCsv(csv('old.example'), fields);
  await announce();
  const other = 'bo@new.example,Xaver Yilmaz,x@new.example';
  expect(await desk.importCsv(`ann@new.example,Ann One,ann@new.example\n${other}`, fields)).toMatchObject({
    created: 0,
    changed: 1,
    held: 1,
  });
  expect(await account('ann@new.example')).toMatchObject({
    email: 'ann@new.example',
    user_name_changed_at: null,
    email_changed_at: null,
  });
});

it('an announced mail domain counts neither for the cool-down nor as a mass change', async () => {
  const fields = mappingOf(['userName', 'displayName', 'email']);
  const csv = (domain: string) =>
    Array.from({ length: 20 }, (_row, at) => `u${at},User ${at},u${at}@${domain}`).join('\n');
  await desk.importCsv(csv('old.example'), fields);
  expect((await desk.analyseCsv(csv('new.example'), fields)).massChanges).toEqual(['contact']);
  await announce();
  expect(await desk.importCsv(csv('new.example'), fields)).toMatchObject({
    changed: 20,
    massChanges: [],
    counts: { contact: 0 },
  });
  expect(await account('u1')).toMatchObject({ email: 'u1@new.example', email_changed_at: null });
});
