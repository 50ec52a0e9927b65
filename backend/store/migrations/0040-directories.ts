import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** External directories: their settings and reads, what they report about passwords, and their pending tasks. */
export const directories: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('directories')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('settings', 'text', (c) => c.notNull())
      .addColumn('enabled', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .addColumn('removed_at', 'bigint')
      .addColumn('cursor', 'text')
      .addColumn('first_read_at', 'bigint')
      .addColumn('read_at', 'bigint')
      .addColumn('accounts_read', 'integer', (c) => c.notNull().defaultTo(sql.lit(0)))
      .addColumn('fault', 'text')
      .addColumn('fault_at', 'bigint')
      .addColumn('leased_by', 'text')
      .addColumn('leased_until', 'bigint')
      .execute();
    await db.schema.alterTable('accounts').addColumn('directory_id', 'text').execute();
    await db.schema
      .createTable('directory_accounts')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
      .addColumn('directory_id', 'text', (c) => c.notNull().references('directories.id'))
      .addColumn('read_at', 'bigint', (c) => c.notNull())
      .addColumn('password_set_at', 'bigint')
      .addColumn('must_change', 'integer', (c) => c.notNull())
      .addColumn('locked_until', 'bigint')
      .addColumn('locked_at', 'text')
      .addColumn('temporary_reset_id', 'text')
      .addColumn('temporary_set_at', 'bigint')
      .addColumn('temporary_until', 'bigint')
      .execute();
    await db.schema
      .createTable('directory_tasks')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('directory_id', 'text', (c) => c.notNull().references('directories.id'))
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('reset_id', 'text')
      .addColumn('password_set_at', 'bigint')
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('leased_by', 'text')
      .addColumn('leased_until', 'bigint')
      .addColumn('fault', 'text')
      .addColumn('done_at', 'bigint')
      .addColumn('outcome', 'text')
      .execute();
    await db.schema
      .createIndex('directory_tasks_due')
      .on('directory_tasks')
      .column('due_at')
      .where(sql.ref('done_at'), 'is', null)
      .execute();
    await db.schema
      .createIndex('directory_tasks_account')
      .on('directory_tasks')
      .column('account_id')
      .execute();
  },
};
