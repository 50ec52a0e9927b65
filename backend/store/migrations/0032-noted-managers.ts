import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The text for which the manager's account was found. Once the text changes, the stored account no longer counts. */
export const notedManagers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('manager_noted', 'text').execute();
  },
};
