import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Operators who sign in with the password of a directory, and the wrong passwords that were tried there. */
export const directoryOperators: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('operators').addColumn('directory_id', 'text').execute();
    await db.schema.alterTable('operators').addColumn('directory_key', 'text').execute();
    await db.schema
      .createIndex('operators_directory')
      .unique()
      .on('operators')
      .columns(['directory_id', 'directory_key'])
      .execute();
    await db.schema
      .createTable('directory_tries')
      .addColumn('subject', 'text', (c) => c.primaryKey())
      .addColumn('strangers', 'integer', (c) => c.notNull())
      .addColumn('known', 'integer', (c) => c.notNull())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
