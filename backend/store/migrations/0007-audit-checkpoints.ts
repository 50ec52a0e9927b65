import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { makeAppendOnly } from '../append-only.ts';

/** Signed checkpoints of the audit log, and the position of each stream. */
export const auditCheckpoints: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('audit_checkpoints')
      .addColumn('seq', 'integer', (c) => c.primaryKey())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('signature', 'text', (c) => c.notNull())
      .execute();
    await makeAppendOnly(db, 'audit_checkpoints', 'the audit log is append-only');
    await schema
      .createTable('audit_streams')
      .addColumn('target', 'text', (c) => c.primaryKey())
      .addColumn('sent_seq', 'integer', (c) => c.notNull())
      .addColumn('sent_at', 'bigint')
      .addColumn('failing_since', 'bigint')
      .addColumn('last_error', 'text')
      .execute();
    await schema.createIndex('audit_events_at').on('audit_events').column('at').execute();
    await schema.createIndex('audit_events_action').on('audit_events').columns(['action', 'seq']).execute();
  },
};
