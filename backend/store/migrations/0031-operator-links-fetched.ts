import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When the address of an operator's link was first fetched, so that it is recorded once, as for reset links. */
export const operatorLinksFetched: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('operator_links').addColumn('fetched_at', 'bigint').execute();
  },
};
