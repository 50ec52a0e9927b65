import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The enrolled verification methods of account owners, queued text messages, and managers found by name. */
export const enrolmentAndTexts: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('account_authenticators')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('confirmed_at', 'bigint')
      .addColumn('last_step', 'bigint')
      .execute();
    await schema
      .createTable('account_recovery_codes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('set_id', 'text', (c) => c.notNull())
      .addColumn('code_hash', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema
      .createTable('account_security_questions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('answer_hash', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();
    for (const table of [
      'account_authenticators',
      'account_recovery_codes',
      'account_security_questions',
    ] as const) {
      await schema.createIndex(`${table}_account`).on(table).column('account_id').execute();
    }
    await schema
      .createTable('text_messages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('to_number', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text')
      .addColumn('case_id', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('queued_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('answer', 'text')
      .addColumn('file', 'text')
      .execute();
    await schema.createIndex('text_messages_queued').on('text_messages').column('queued_at').execute();
    // Some directories give the manager's display name instead of a user name.
    await schema.createIndex('accounts_display_name').on('accounts').column('display_name').execute();
  },
};
