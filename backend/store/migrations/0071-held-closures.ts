import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Closures of a directory's accounts that wait for a decision, because there are too many. */
export const heldClosures: Migration = {
  async up({ schema }: Kysely<unknown>) {
    for (const [name, type] of [
      ['held_since', 'bigint'],
      ['held_closures', 'integer'],
      ['allowed_until', 'bigint'],
    ] as const)
      await schema.alterTable('directories').addColumn(name, type).execute();
  },
};
