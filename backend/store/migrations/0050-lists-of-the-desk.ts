import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Indexes for the lists of the start page: locked accounts, resets that wait for their user, and the cases of the day. */
export const listsOfTheDesk: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createIndex('accounts_locked')
      .on('accounts')
      .column('locked_since')
      .where(sql.ref('locked_since'), 'is not', null)
      .execute();
    await schema
      .createIndex('resets_waiting')
      .on('resets')
      .columns(['operator_id', 'valid_until'])
      .where(sql.ref('password_set_at'), 'is', null)
      .execute();
    await schema.createIndex('cases_opened').on('cases').column('opened_at').execute();
  },
};
