import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Several operators: invited by mail, limited to a scope of accounts, with a second factor, and linked to an identity
 * provider. A removed operator keeps their row, since the audit log and the cases name them.
 */
export const operatorAdministration: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    const add = (name: string, type: 'text' | 'bigint' | 'integer') =>
      schema.alterTable('operators').addColumn(name, type).execute();
    await schema
      .alterTable('operators')
      .addColumn('state', 'text', (c) => c.notNull().defaultTo('active'))
      .execute();
    await schema
      .alterTable('operators')
      .addColumn('scope', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute();
    await add('email', 'text');
    await add('linked_account_id', 'text');
    await add('totp_secret', 'text');
    await add('totp_since', 'bigint');
    await add('totp_last_step', 'bigint');
    await schema
      .alterTable('operators')
      .addColumn('failed_codes', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await add('provider_issuer', 'text');
    await add('provider_subject', 'text');
    await schema
      .createIndex('operators_provider')
      .on('operators')
      .columns(['provider_issuer', 'provider_subject'])
      .unique()
      .execute();

    await schema
      .createTable('operator_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('operator_id', 'text', (c) => c.notNull().references('operators.id'))
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('mail_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('voided_at', 'bigint')
      .execute();
    await schema.createIndex('operator_links_operator').on('operator_links').column('operator_id').execute();
    await schema
      .createTable('operator_recovery_codes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('operator_id', 'text', (c) => c.notNull().references('operators.id'))
      .addColumn('code_hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema
      .createIndex('operator_recovery_codes_operator')
      .on('operator_recovery_codes')
      .column('operator_id')
      .execute();
    await schema
      .createTable('operator_sign_ins')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('ticket_hash', 'text', (c) => c.notNull().unique())
      .addColumn('operator_id', 'text', (c) => c.references('operators.id'))
      .addColumn('step', 'text', (c) => c.notNull())
      .addColumn('factor', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .execute();
  },
};
