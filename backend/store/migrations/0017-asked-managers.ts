import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The account of the manager whom a check asks, since that person cannot also approve the reset. */
export const askedManagers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('checks').addColumn('asked_account_id', 'text').execute();
  },
};
