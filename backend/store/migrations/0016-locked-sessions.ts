import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A session whose console was locked is good for no call until its operator has proved themselves. */
export const lockedSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('operator_sessions').addColumn('locked_at', 'bigint').execute();
  },
};
