import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The times of changes that decisions depend on: of manager, tier and user name, and of enabling a disabled account. */
export const accountChanges: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['manager_changed_at', 'tier_changed_at', 'user_name_changed_at', 'enabled_at'])
      await db.schema.alterTable('accounts').addColumn(column, 'bigint').execute();
    await db.schema.alterTable('accounts').addColumn('tier_before', 'text').execute();
  },
};
