import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The links by which a manager or an operator, who is not the owner of the account, reports an unexpected mail. */
export const reportLinks: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('report_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('account_id', 'text')
      .addColumn('operator_id', 'text')
      .addColumn('mail_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema.createIndex('report_links_expiry').on('report_links').column('expires_at').execute();
  },
};
