import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where a read of all accounts of a directory ended early. */
export const unfinishedReads: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('directories').addColumn('unfinished_read', 'text').execute();
  },
};
