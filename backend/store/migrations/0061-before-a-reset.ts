import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an external directory said of a password right before a reset, to settle a reset whose answer was lost. */
export const beforeAReset: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('resets').addColumn('directory_server', 'text').execute();
    await schema.alterTable('resets').addColumn('directory_set_at', 'bigint').execute();
  },
};
