import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Changes by users of their own accounts: additional addresses, and changes that wait for a code or an approver. */
export const ownChanges: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('recovery_addresses')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('address_key', 'text', (c) => c.notNull())
      .addColumn('added_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('recovery_addresses_account')
      .unique()
      .on('recovery_addresses')
      .columns(['account_id', 'address_key'])
      .execute();
    await schema
      .createIndex('recovery_addresses_address')
      .on('recovery_addresses')
      .column('address_key')
      .execute();
    await schema
      .createTable('own_changes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('shown', 'text')
      .addColumn('sealed', 'text')
      .addColumn('code_hash', 'text')
      .addColumn('tries_left', 'integer')
      .addColumn('code_until', 'bigint')
      .addColumn('asked_at', 'bigint', (c) => c.notNull())
      .addColumn('proved_at', 'bigint')
      .addColumn('held_at', 'bigint')
      .addColumn('held_until', 'bigint')
      .addColumn('reset_id', 'text')
      .addColumn('settled_at', 'bigint')
      .addColumn('decided_by', 'text')
      .addColumn('reason', 'text')
      .addColumn('client', 'text')
      .addColumn('client_address', 'text')
      .execute();
    await schema
      .createIndex('own_changes_account')
      .on('own_changes')
      .columns(['account_id', 'asked_at'])
      .execute();
    await schema
      .createIndex('own_changes_state')
      .on('own_changes')
      .columns(['state', 'held_until'])
      .execute();
  },
};
