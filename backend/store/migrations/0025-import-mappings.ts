import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How the columns of a file were mapped, for the next file with the same columns. */
export const importMappings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('import_mappings')
      .addColumn('header_key', 'text', (c) => c.primaryKey())
      .addColumn('mapping', 'text', (c) => c.notNull())
      .addColumn('used_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
