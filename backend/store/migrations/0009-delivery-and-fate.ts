import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The delivery and strength of a temporary password, and whether the old password stays valid. */
export const deliveryAndFate: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema.alterTable('resets').addColumn('secret_bits', 'integer').execute();
    await schema
      .alterTable('resets')
      .addColumn('delivery_mode', 'text', (c) => c.notNull().defaultTo('spoken'))
      .execute();
    await schema
      .alterTable('resets')
      .addColumn('old_password', 'text', (c) => c.notNull().defaultTo('dies-now'))
      .execute();
    await schema.alterTable('resets').addColumn('secret_style', 'text').execute();
    await schema.alterTable('resets').addColumn('sent_by', 'text').execute();
    await schema.alterTable('account_credentials').addColumn('old_hash', 'text').execute();
    await schema.alterTable('account_credentials').addColumn('old_set_at', 'bigint').execute();
  },
};
