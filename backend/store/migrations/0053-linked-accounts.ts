import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Accounts of several directories that belong to one person, and cases that take over the evidence of a case about another of them. */
export const linkedAccounts: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('account_links')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('other_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('why', 'text', (c) => c.notNull())
      .addColumn('linked_at', 'bigint', (c) => c.notNull())
      .addColumn('unlinked_at', 'bigint')
      .addColumn('unlinked_by', 'text')
      .addColumn('unlink_reason', 'text')
      .addUniqueConstraint('account_links_pair', ['account_id', 'other_id'])
      .execute();
    await schema.createIndex('account_links_other').on('account_links').column('other_id').execute();
    await schema.alterTable('cases').addColumn('evidence_from', 'text').execute();
  },
};
