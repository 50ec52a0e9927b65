import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The account of the manager whose word a check asks for: the same person is no second pair of eyes. */
export const askedManagers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('checks').addColumn('asked_account_id', 'text').execute();
  },
};
