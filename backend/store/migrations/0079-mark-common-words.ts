import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { findCommonWords } from '../common-words.ts';
import type { Tables } from '../tables.ts';

/** Finds the common words of all accounts and marks who has them. Without them, a search finds the same accounts more slowly. */
export const markedCommonWords: Migration = {
  async up(db: Kysely<unknown>) {
    await findCommonWords(db as Kysely<Tables>);
  },
};
