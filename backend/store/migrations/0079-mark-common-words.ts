import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { findCommonWords } from '../common-words.ts';
import type { Tables } from '../tables.ts';
import { indexLongBeginnings } from './0081-long-beginnings.ts';

/** Finds the common words of all accounts and marks who has them. Without them, a search finds the same accounts more slowly. */
export const markedCommonWords: Migration = {
  async up(db: Kysely<unknown>) {
    // Their accounts are found by the index.
    await indexLongBeginnings(db as Kysely<Tables>);
    await findCommonWords(db as Kysely<Tables>);
  },
};
