import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** New passwords that an administrator requires of many accounts, and mails that must not be sent twice. */
export const requiredResets: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('required_resets')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('audience', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('started_by', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('stopped_by', 'text')
      .addColumn('stop_reason', 'text')
      .execute();
    await schema
      .createIndex('required_resets_state')
      .on('required_resets')
      .columns(['state', 'started_at'])
      .execute();
    await schema
      .createTable('required_reset_accounts')
      .addColumn('required_reset_id', 'text', (c) => c.notNull().references('required_resets.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('left_out', 'text')
      .addColumn('by_desk', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('told_for', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('told_at', 'bigint')
      .addColumn('done_at', 'bigint')
      .addPrimaryKeyConstraint('required_reset_accounts_pk', ['required_reset_id', 'account_id'])
      .execute();
    await schema
      .createIndex('required_reset_accounts_due')
      .on('required_reset_accounts')
      .columns(['required_reset_id', 'state', 'told_for'])
      .execute();
    await schema
      .createIndex('required_reset_accounts_account')
      .on('required_reset_accounts')
      .columns(['account_id', 'state'])
      .execute();
    await schema
      .createTable('required_reset_mails')
      .addColumn('required_reset_id', 'text', (c) => c.notNull().references('required_resets.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('mail_id', 'text', (c) => c.notNull().unique())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('required_reset_mails_pk', ['required_reset_id', 'account_id', 'kind'])
      .execute();
    await schema.createIndex('required_reset_mails_at').on('required_reset_mails').column('at').execute();
    await schema
      .alterTable('mail_queue')
      .addColumn('never_twice', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
