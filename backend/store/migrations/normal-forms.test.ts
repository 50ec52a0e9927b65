import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { normalForms } from './0024-normal-forms.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

it('brings the keys of accounts and recovery addresses into normal form', async () => {
  await desk.importCsv('kai,Kai,kai@example.com,1\nmia,Mia,mia@example.com,1\nleo,Leo,,', {
    encoding: 'utf-8',
    delimiter: ',',
    header: false,
    columns: { userName: 0, displayName: 1, email: 2 },
  });
  const before = { email: 'Kai@Bücher.example.', phone: '+49 (0)151 5550110' };
  await desk.store.writeUnaudited(async (tx) => {
    const { id } = await tx
      .updateTable('accounts')
      .set({ ...before, email_key: 'kai@bücher.example.', phone_digits: '4901515550110' })
      .where('user_name', '=', 'kai')
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('recovery_addresses')
      .values({
        id: 'r1',
        account_id: id,
        address: 'k@bücher.example',
        address_key: 'k@bücher.example',
        added_at: 1,
      })
      .execute();
    await normalForms.up(tx as unknown as Kysely<unknown>);
  });
  const accounts = await desk.store.db.selectFrom('accounts').selectAll().orderBy('user_name').execute();
  expect(accounts).toMatchObject([
    {
      ...before,
      email_key: 'kai@xn--bcher-kva.example',
      phone_digits: '491515550110',
      phone_reversed: '011055515194',
    },
    { email_key: null, phone_digits: null },
    { email_key: 'mia@example.com' },
  ]);
  const [address] = await desk.store.db.selectFrom('recovery_addresses').selectAll().execute();
  expect(address).toMatchObject({ address: 'k@bücher.example', address_key: 'k@xn--bcher-kva.example' });
});
