import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { makeAppendOnly } from '../append-only.ts';

/**
 * SQLite only: the search index of names (rows without positions or columns, and every prefix of up to eight characters, so that a prefix which half
 * the organisation shares is one list instead of a thousand to be merged), and triggers that keep the audit log append-only.
 */
export const sqliteSearchAndGuards: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create virtual table account_search using fts5(
        words, content='', contentless_delete=1, detail=none,
        prefix='1 2 3 4 5 6 7 8', tokenize='unicode61 remove_diacritics 2'
      )`.execute(db);
    await makeAppendOnly(db, 'audit_events', 'the audit log is append-only');
    await makeAppendOnly(db, 'evidence', 'evidence is written once');
  },
};
