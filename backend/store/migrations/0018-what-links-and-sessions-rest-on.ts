import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The state that links, sign-in tickets and refresh tokens depend on, so that each is checked when it is used. */
export const whatLinksAndSessionsRestOn: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    for (const table of ['not_me_links', 'report_links']) {
      await schema
        .alterTable(table)
        .addColumn('to_former', 'integer', (c) => c.notNull().defaultTo(sql.lit(0)))
        .execute();
    }
    await schema.alterTable('operator_sign_ins').addColumn('rests_on', 'text').execute();
    await schema.alterTable('operator_sessions').addColumn('refreshed_at', 'bigint').execute();
    await schema
      .createTable('operator_refresh_tokens')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('operator_refresh_tokens_session')
      .on('operator_refresh_tokens')
      .column('session_id')
      .execute();
  },
};
