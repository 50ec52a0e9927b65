import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The queue of mails, their templates, the links of "This was not me", and frozen accounts. */
export const mail: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .alterTable('mails')
      .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('mails').addColumn('next_attempt_at', 'bigint').execute();
    await schema
      .createTable('mail_queue')
      .addColumn('mail_id', 'text', (c) => c.primaryKey().references('mails.id'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
      .addColumn('good_until', 'bigint')
      .execute();
    await schema.createIndex('mail_queue_due').on('mail_queue').column('next_attempt_at').execute();
    await schema
      .createTable('mail_templates')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('subject', 'text')
      .addColumn('body', 'text')
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .addColumn('changed_by', 'text')
      .addPrimaryKeyConstraint('mail_templates_pk', ['name', 'version'])
      .execute();
    await schema
      .createTable('not_me_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('mail_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema.createIndex('not_me_links_expiry').on('not_me_links').column('expires_at').execute();
    await schema
      .createTable('account_freezes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('frozen_at', 'bigint', (c) => c.notNull())
      .addColumn('by_name', 'text')
      .addColumn('via', 'text', (c) => c.notNull())
      .addColumn('mail_id', 'text')
      .addColumn('lifted_at', 'bigint')
      .addColumn('lifted_by', 'text')
      .addColumn('lift_reason', 'text')
      .execute();
    await schema.createIndex('account_freezes_account').on('account_freezes').column('account_id').execute();
    await schema.createIndex('account_freezes_open').on('account_freezes').column('lifted_at').execute();
    await schema.alterTable('accounts').addColumn('frozen_at', 'bigint').execute();
    await schema
      .alterTable('resets')
      .addColumn('resent', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('resets').addColumn('resent_at', 'bigint').execute();
    await schema.alterTable('resets').addColumn('revoked_at', 'bigint').execute();
  },
};
