import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Wrong passwords and codes are counted for each name and where they come from, and in an open session for that session. */
export const lockoutBySource: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('operator_sign_in_failures')
      .addColumn('name_key', 'text', (c) => c.notNull())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('passwords', 'integer', (c) => c.notNull())
      .addColumn('codes', 'integer', (c) => c.notNull())
      .addColumn('locked_until', 'bigint')
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('operator_sign_in_failures_pk', ['name_key', 'source'])
      .execute();
    await schema
      .createIndex('operator_sign_in_failures_last')
      .on('operator_sign_in_failures')
      .column('last_at')
      .execute();
    await schema
      .createTable('operator_devices')
      .addColumn('device_hash', 'text', (c) => c.primaryKey())
      .addColumn('last_sign_in_at', 'bigint', (c) => c.notNull())
      .execute();
    for (const column of ['failed_sign_ins', 'failed_codes', 'locked_until'])
      await schema.alterTable('operators').dropColumn(column).execute();
    await schema
      .alterTable('operator_sessions')
      .addColumn('failed_proofs', 'integer', (c) => c.notNull().defaultTo(sql.lit(0)))
      .execute();
  },
};
