import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** An index of resets without an outcome, without which the sweep reads every reset. */
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
