import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when the folder of a source's files cannot be listed. */
export const unlistedFolders: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('source_feeds').addColumn('unlisted_since', 'bigint').execute();
  },
};
