import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sessions and unfinished sign-ins remember the session at the identity provider from which they come. */
export const providerSessions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['operator_sessions', 'operator_sign_ins'])
      await db.schema.alterTable(table).addColumn('provider_sid', 'text').execute();
  },
};
