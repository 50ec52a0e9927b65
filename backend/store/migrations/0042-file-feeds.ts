import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Files that account sources drop or upload, and which of them were read. */
export const fileFeeds: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('source_feeds')
      .addColumn('source_id', 'text', (c) => c.primaryKey().references('account_sources.id'))
      .addColumn('enabled', 'integer', (c) => c.notNull())
      .addColumn('complete', 'integer', (c) => c.notNull())
      .addColumn('leased_by', 'text')
      .addColumn('leased_until', 'bigint')
      .execute();
    await db.schema
      .createTable('feed_runs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('source_id', 'text', (c) => c.notNull().references('account_sources.id'))
      .addColumn('file_name', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('import_id', 'text')
      .addColumn('fault', 'text')
      .execute();
    await db.schema.createIndex('feed_runs_at').on('feed_runs').columns(['source_id', 'at']).execute();
    await db.schema
      .createIndex('feed_runs_digest')
      .on('feed_runs')
      .columns(['source_id', 'digest'])
      .execute();
  },
};
