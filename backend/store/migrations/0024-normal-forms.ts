import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { identityKey } from '../../text/fold.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';

interface Before {
  readonly accounts: {
    readonly row_id: number;
    readonly user_name: string;
    readonly user_name_key: string;
    readonly email: string | null;
    readonly email_key: string | null;
    readonly phone: string | null;
    readonly phone_digits: string | null;
    readonly phone_reversed: string | null;
  };
  readonly recovery_addresses: {
    readonly id: string;
    readonly account_id: string;
    readonly address: string;
    readonly address_key: string;
  };
}

/** Rows per read. */
const pageSize = 5000;

/** Brings addresses, user names and phone numbers into the forms by which they are compared: domains in ASCII, numbers in E.164. */
export const normalForms: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Before>;
    const readPhone = await loadPhoneReader('');
    for (let last = 0; ;) {
      const rows = await db
        .selectFrom('accounts')
        .selectAll()
        .where('row_id', '>', last)
        .where(sql<boolean>`(email_key like '%@%' or user_name_key like '%@%' or phone is not null)`)
        .orderBy('row_id')
        .limit(pageSize)
        .execute();
      for (const row of rows) await normaliseAccount(db, row, readPhone(row.phone)?.digits ?? null);
      if (rows.length < pageSize) break;
      last = rows.at(-1)?.row_id ?? last;
    }
    for (const row of await db.selectFrom('recovery_addresses').selectAll().execute()) {
      const key = identityKey(row.address);
      if (key === row.address_key) continue;
      const twin = await db
        .selectFrom('recovery_addresses')
        .select('id')
        .where('account_id', '=', row.account_id)
        .where('address_key', '=', key)
        .executeTakeFirst();
      if (twin === undefined)
        await db
          .updateTable('recovery_addresses')
          .set({ address_key: key })
          .where('id', '=', row.id)
          .execute();
    }
  },
};

async function normaliseAccount(db: Kysely<Before>, row: Before['accounts'], digits: string | null) {
  const change = {
    ...(row.email !== null && { email_key: identityKey(row.email) }),
    ...(digits !== null && { phone_digits: digits, phone_reversed: [...digits].toReversed().join('') }),
  };
  if (Object.entries(change).some(([column, value]) => row[column as keyof typeof row] !== value))
    await db.updateTable('accounts').set(change).where('row_id', '=', row.row_id).execute();
  const name = identityKey(row.user_name);
  if (name === row.user_name_key) return;
  const owner = await db
    .selectFrom('accounts')
    .select('row_id')
    .where('user_name_key', '=', name)
    .executeTakeFirst();
  // Two accounts with the same user name in normal form keep their current keys.
  if (owner === undefined)
    await db.updateTable('accounts').set({ user_name_key: name }).where('row_id', '=', row.row_id).execute();
}
