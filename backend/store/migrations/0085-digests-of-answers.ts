import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A digest of what a directory told of an account last, so that the same answer is not applied again. */
export const digestsOfAnswers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('directory_accounts').addColumn('answer_digest', 'text').execute();
  },
};
