import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The time of change of each file that was read, so that a newer file with earlier content is read as well. */
export const timesOfDroppedFiles: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema.alterTable('feed_runs').addColumn('file_changed_at', 'bigint').execute();
  },
};
