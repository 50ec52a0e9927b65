import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Changes of settings and operators that wait for a second administrator. */
export const protectedChanges: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('protected_changes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('act', 'text', (c) => c.notNull())
      .addColumn('subject', 'text')
      .addColumn('fields', 'text', (c) => c.notNull())
      .addColumn('raises', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text')
      .addColumn('call_hash', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('proposed_by', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('proposed_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('client', 'text')
      .addColumn('client_address', 'text')
      .addColumn('decided_by', 'text')
      .addColumn('settled_at', 'bigint')
      .addColumn('reason', 'text')
      .addColumn('failure', 'text')
      .execute();
    await db.schema
      .createIndex('protected_changes_state')
      .on('protected_changes')
      .columns(['state', 'expires_at'])
      .execute();
  },
};
