import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Requests for reset links that name an account are counted apart from those that do not. */
export const requestsOnFile: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('password_requests').addColumn('on_file', 'integer').execute();
  },
};
