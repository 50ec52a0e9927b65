import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Self-service: requests for a link, its use, and second factors at the sign-in. */
export const selfService: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('password_requests')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('address_hash', 'text', (c) => c.notNull())
      .addColumn('address', 'text')
      .addColumn('network', 'text', (c) => c.notNull())
      .addColumn('client_address', 'text')
      .addColumn('client', 'text')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('answered_at', 'bigint')
      .execute();
    await schema
      .createIndex('password_requests_address')
      .on('password_requests')
      .columns(['address_hash', 'at'])
      .execute();
    await schema
      .createIndex('password_requests_network')
      .on('password_requests')
      .columns(['network', 'at'])
      .execute();
    await schema
      .createIndex('password_requests_open')
      .on('password_requests')
      .columns(['answered_at', 'at'])
      .execute();
    await schema
      .createTable('self_service_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('mail_id', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('opened_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .addColumn('voided_at', 'bigint')
      .execute();
    await schema
      .createIndex('self_service_links_account')
      .on('self_service_links')
      .columns(['account_id', 'created_at'])
      .execute();
    await schema
      .createTable('owner_notices')
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('why', 'text', (c) => c.notNull())
      .addColumn('told_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('owner_notices_pk', ['account_id', 'why'])
      .execute();
    for (const column of ['client', 'client_address'] as const) {
      await schema.alterTable('user_sessions').addColumn(column, 'text').execute();
    }
    await schema.alterTable('user_sessions').addColumn('last_used_at', 'bigint').execute();
    await schema
      .alterTable('user_sessions')
      .addColumn('needs_code', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('account_credentials')
      .addColumn('review_due', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
