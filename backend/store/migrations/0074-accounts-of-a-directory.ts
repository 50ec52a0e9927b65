import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** An index of the accounts of each external directory by their keys there, with which they are found, counted and compared. */
export const accountsOfADirectory: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('accounts_directory')
      .on('accounts')
      .columns(['directory_id', 'source_id', 'closed_at'])
      .where(sql<boolean>`directory_id is not null`)
      .execute();
  },
};
