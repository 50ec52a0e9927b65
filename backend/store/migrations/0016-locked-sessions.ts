import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A locked session refuses every call until its operator reauthenticates. */
export const lockedSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('operator_sessions').addColumn('locked_at', 'bigint').execute();
  },
};
