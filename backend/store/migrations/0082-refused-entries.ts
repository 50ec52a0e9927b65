import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Entries of directories that cannot be in the index, and why, so that administrators can correct them. */
export const refusedEntries: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('directory_refused_entries')
      .addColumn('directory_id', 'text', (c) => c.notNull().references('directories.id'))
      .addColumn('entry', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('user_name', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addColumn('read_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('directory_refused_entries_key', ['directory_id', 'entry'])
      .execute();
  },
};
