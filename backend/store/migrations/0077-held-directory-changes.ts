import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Changes of many accounts of a directory that wait for a decision, and the changes of the last hour, which count towards the limit. */
export const heldDirectoryChanges: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('directories').addColumn('changes_held_since', 'bigint').execute();
    await schema
      .createTable('directory_held_changes')
      .addColumn('directory_id', 'text', (c) => c.notNull().references('directories.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('kinds', 'text', (c) => c.notNull())
      .addColumn('changes', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('held_at', 'bigint', (c) => c.notNull())
      .addColumn('allowed_at', 'bigint')
      .addPrimaryKeyConstraint('directory_held_changes_key', ['directory_id', 'account_id'])
      .execute();
    await schema
      .createTable('directory_changes')
      .addColumn('directory_id', 'text', (c) => c.notNull().references('directories.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('directory_changes_key', ['directory_id', 'account_id', 'kind'])
      .execute();
  },
};
