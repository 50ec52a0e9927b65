import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { numberedKey } from '../dialect.ts';

/** The first tables. Rows that depend on an account are deleted with it, except its history. */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('settings')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('sealed', 'integer', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createTable('policies')
      .addColumn('version', 'integer', (c) => c.primaryKey())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .addColumn('changed_by', 'text')
      .execute();

    await schema
      .createTable('operators')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('user_name', 'text', (c) => c.notNull())
      .addColumn('user_name_key', 'text', (c) => c.notNull().unique())
      .addColumn('display_name', 'text', (c) => c.notNull())
      .addColumn('password_hash', 'text', (c) => c.notNull())
      .addColumn('roles', 'text', (c) => c.notNull())
      .addColumn('failed_sign_ins', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('locked_until', 'bigint')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('last_sign_in_at', 'bigint')
      .execute();
    await schema
      .createTable('operator_sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('operator_id', 'text', (c) => c.notNull().references('operators.id').onDelete('cascade'))
      .addColumn('access_hash', 'text', (c) => c.notNull().unique())
      .addColumn('access_expires_at', 'bigint', (c) => c.notNull())
      .addColumn('refresh_hash', 'text', (c) => c.notNull().unique())
      .addColumn('previous_refresh_hash', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('last_activity_at', 'bigint', (c) => c.notNull())
      .addColumn('authenticated_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('client', 'text')
      .addColumn('client_address', 'text')
      .execute();
    await schema
      .createIndex('operator_sessions_previous_refresh')
      .on('operator_sessions')
      .column('previous_refresh_hash')
      .execute();

    await schema
      .createTable('accounts')
      .addColumn('row_id', 'integer', numberedKey(db))
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('directory', 'text', (c) => c.notNull())
      .addColumn('user_name', 'text', (c) => c.notNull())
      .addColumn('user_name_key', 'text', (c) => c.notNull().unique())
      .addColumn('display_name', 'text', (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('email_key', 'text')
      .addColumn('phone', 'text')
      .addColumn('phone_digits', 'text')
      .addColumn('phone_reversed', 'text')
      .addColumn('employee_number', 'text')
      .addColumn('employee_number_key', 'text')
      .addColumn('department', 'text')
      .addColumn('manager', 'text')
      .addColumn('tier', 'text', (c) => c.notNull())
      .addColumn('disabled', 'integer', (c) => c.notNull())
      .addColumn('local_password', 'integer', (c) => c.notNull())
      .addColumn('locked_since', 'bigint')
      .addColumn('failed_sign_ins', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('expires_at', 'bigint')
      .addColumn('email_changed_at', 'bigint')
      .addColumn('phone_changed_at', 'bigint')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_in_import', 'text')
      .execute();
    for (const column of ['email_key', 'phone_digits', 'phone_reversed', 'employee_number_key'] as const) {
      await schema
        .createIndex(`accounts_${column}`)
        .on('accounts')
        .column(column)
        .where(sql.ref(column), 'is not', null)
        .execute();
    }

    await schema
      .createTable('account_credentials')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
      .addColumn('password_hash', 'text')
      .addColumn('set_at', 'bigint', (c) => c.notNull())
      .addColumn('must_change', 'integer', (c) => c.notNull())
      .addColumn('temporary_until', 'bigint')
      .addColumn('reset_id', 'text')
      .execute();
    await schema
      .createTable('password_history')
      .addColumn('id', 'integer', numberedKey(db))
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('password_hash', 'text', (c) => c.notNull())
      .addColumn('set_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('password_history_account')
      .on('password_history')
      .column('account_id')
      .execute();
    await schema
      .createTable('user_sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('must_change', 'integer', (c) => c.notNull())
      .execute();
    await schema.createIndex('user_sessions_account').on('user_sessions').column('account_id').execute();

    await schema
      .createTable('imports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('file_name', 'text', (c) => c.notNull())
      .addColumn('mapping', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('bytes_total', 'bigint')
      .addColumn('bytes_read', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('rows', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('created', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('changed', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('unchanged', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('refused', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('failure', 'text')
      .execute();
    await schema
      .createTable('import_refusals')
      .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id').onDelete('cascade'))
      .addColumn('line', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('import_refusals_key', ['import_id', 'line'])
      .execute();

    await schema
      .createTable('cases')
      .addColumn('number', 'integer', numberedKey(db))
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('ticket', 'text')
      .addColumn('reason', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('opened_at', 'bigint', (c) => c.notNull())
      .addColumn('last_activity_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('refusal_reason', 'text')
      .addColumn('refusal_note', 'text')
      .execute();
    await schema.createIndex('cases_account').on('cases').columns(['account_id', 'state']).execute();
    await schema.createIndex('cases_operator').on('cases').columns(['operator_id', 'opened_at']).execute();
    await schema
      .createTable('checks')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('code_hash', 'text')
      .addColumn('destination', 'text')
      .addColumn('destination_hash', 'text')
      .addColumn('mail_id', 'text')
      .addColumn('tries_left', 'integer')
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .execute();
    await schema.createIndex('checks_case').on('checks').column('case_id').execute();
    await schema
      .createTable('evidence')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('check_id', 'text', (c) => c.notNull().unique().references('checks.id'))
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('note', 'text')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await schema.createIndex('evidence_case').on('evidence').column('case_id').execute();
    await schema.createIndex('evidence_account').on('evidence').columns(['account_id', 'at']).execute();
    await schema
      .createTable('grants')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('policy_version', 'integer', (c) => c.notNull())
      .addColumn('minted_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('spent_at', 'bigint')
      .execute();
    await schema.createIndex('grants_case').on('grants').column('case_id').execute();
    await schema
      .createTable('resets')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('grant_id', 'text', (c) => c.notNull().unique().references('grants.id'))
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('idempotency_key', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('intended_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('failure', 'text')
      .addColumn('valid_until', 'bigint')
      .addColumn('sessions_ended', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('unlocked', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('sent_to', 'text')
      .addColumn('mail_id', 'text')
      .addColumn('revealed_at', 'bigint')
      .addColumn('handed_over_at', 'bigint')
      .addColumn('opened_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .addColumn('password_set_at', 'bigint')
      .addColumn('voided_at', 'bigint')
      .addUniqueConstraint('resets_idempotency', ['operator_id', 'idempotency_key'])
      .execute();
    await schema.createIndex('resets_case').on('resets').column('case_id').execute();
    await schema.createIndex('resets_account').on('resets').columns(['account_id', 'intended_at']).execute();
    await schema
      .createTable('reset_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('reset_id', 'text', (c) => c.notNull().references('resets.id'))
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('opened_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .addColumn('voided_at', 'bigint')
      .execute();
    await schema.createIndex('reset_links_account').on('reset_links').column('account_id').execute();
    await schema
      .createTable('mails')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('to_address', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text')
      .addColumn('case_id', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('queued_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('answer', 'text')
      .addColumn('file', 'text')
      .execute();
    await schema.createIndex('mails_queued').on('mails').column('queued_at').execute();

    await schema
      .createTable('audit_events')
      .addColumn('seq', 'integer', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor_kind', 'text', (c) => c.notNull())
      .addColumn('actor_id', 'text')
      .addColumn('actor_name', 'text')
      .addColumn('account_id', 'text')
      .addColumn('case_id', 'text')
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('facts', 'text', (c) => c.notNull())
      .addColumn('policy_version', 'integer')
      .addColumn('client_address', 'text')
      .addColumn('client', 'text')
      .addColumn('previous_hash', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('audit_events_account')
      .on('audit_events')
      .columns(['account_id', 'seq'])
      .execute();
    await schema.createIndex('audit_events_case').on('audit_events').column('case_id').execute();
  },
};
