import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The text for which the manager's account was found: once the text is another one, the account that was noted counts no more. */
export const notedManagers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('manager_noted', 'text').execute();
  },
};
