import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tier that an account had when it was reset; null for resets before this migration. */
export const tierOfAReset: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('resets').addColumn('tier', 'text').execute();
  },
};
