import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first day of people who are imported before it. */
export const firstDays: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('accounts').addColumn('starts_at', 'bigint').execute();
    await schema
      .createIndex('accounts_starting')
      .on('accounts')
      .column('starts_at')
      .where(sql<boolean>`starts_at is not null`)
      .execute();
  },
};
