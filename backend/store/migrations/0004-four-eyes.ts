import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Requests for approval, flags on accounts, and the raised alert. */
export const fourEyes: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('approvals')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('needed', 'text', (c) => c.notNull())
      .addColumn('note', 'text')
      .addColumn('policy_version', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('decided_by', 'text')
      .addColumn('decided_at', 'bigint')
      .addColumn('reason', 'text')
      .execute();
    await schema.createIndex('approvals_case').on('approvals').column('case_id').execute();
    await schema.createIndex('approvals_state').on('approvals').columns(['state', 'asked_at']).execute();
    await schema.alterTable('grants').addColumn('approval_id', 'text').execute();

    await schema
      .createTable('account_flags')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('case_id', 'text')
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('note', 'text')
      .addColumn('cleared_at', 'bigint')
      .addColumn('cleared_by', 'text')
      .addColumn('clear_reason', 'text')
      .execute();
    await schema.createIndex('account_flags_account').on('account_flags').column('account_id').execute();

    await schema
      .createTable('alerts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('valid_for', 'integer', (c) => c.notNull())
      .addColumn('proposed_by', 'text', (c) => c.notNull())
      .addColumn('proposed_at', 'bigint', (c) => c.notNull())
      .addColumn('seconded_by', 'text')
      .addColumn('raised_at', 'bigint')
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .execute();
  },
};
