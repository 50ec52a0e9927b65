import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the resets without an outcome for the sweep, which would read every reset otherwise. */
export const unsettledResets: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('resets_intended')
      .on('resets')
      .column('id')
      .where(sql.ref('state'), '=', sql.lit('intended'))
      .execute();
  },
};
