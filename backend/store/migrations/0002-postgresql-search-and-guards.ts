import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { makeAppendOnly } from '../append-only.ts';

/**
 * What SQLite gets from `0002-sqlite-search-and-guards`, for PostgreSQL: the search index of names (each word's beginnings as rows, so
 * that a beginning which half the company shares is read in order and left off early), and triggers that keep the audit log append-only.
 */
export const postgresqlSearchAndGuards: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table account_prefixes (
        prefix text collate "C" not null,
        row_id integer not null,
        primary key (prefix, row_id)
      )`.execute(db);
    // A few prefixes are very common and most are rare, which the planner must know.
    await sql`alter table account_prefixes alter column prefix set statistics 1000`.execute(db);
    await makeAppendOnly(db, 'audit_events', 'the audit log is append-only');
    await makeAppendOnly(db, 'evidence', 'evidence is written once');
  },
};
