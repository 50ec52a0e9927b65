import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Systems that bring accounts into the built-in directory, their tokens, and the resources that they keep by SCIM. */
export const accountSources: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('account_sources')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('removed_at', 'bigint')
      .addColumn('changed_at', 'bigint')
      .addColumn('held_since', 'bigint')
      .addColumn('allowed_until', 'bigint')
      .execute();
    await schema
      .createTable('source_tokens')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('source_id', 'text', (c) => c.notNull().references('account_sources.id'))
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('hash', 'text')
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_by_name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('days', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('last_used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute();
    await schema.createIndex('source_tokens_hash').on('source_tokens').column('hash').execute();
    await schema
      .createTable('scim_users')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
      .addColumn('source_id', 'text', (c) => c.notNull().references('account_sources.id'))
      .addColumn('user_name_key', 'text', (c) => c.notNull())
      .addColumn('external_id', 'text')
      .addColumn('resource', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('scim_users_user_name')
      .on('scim_users')
      .columns(['source_id', 'user_name_key'])
      .unique()
      .execute();
    await schema
      .createIndex('scim_users_external_id')
      .on('scim_users')
      .columns(['source_id', 'external_id'])
      .execute();
    await schema
      .createIndex('scim_users_page')
      .on('scim_users')
      .columns(['source_id', 'created_at', 'account_id'])
      .execute();
    await schema
      .createTable('scim_user_emails')
      .addColumn('account_id', 'text', (c) =>
        c.notNull().references('scim_users.account_id').onDelete('cascade'),
      )
      .addColumn('email_key', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('scim_user_emails_key', ['account_id', 'email_key'])
      .execute();
    await schema.createIndex('scim_user_emails_email').on('scim_user_emails').column('email_key').execute();
    await schema
      .createTable('source_changes')
      .addColumn('source_id', 'text', (c) => c.notNull().references('account_sources.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('source_changes_key', ['source_id', 'account_id', 'kind'])
      .execute();
  },
};
