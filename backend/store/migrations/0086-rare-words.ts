import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';

/** A search of accounts by words that few accounts have, which needs no sample of them. */
export const rareWords: Migration = {
  async up(db: Kysely<unknown>) {
    if (dialectOf(db) !== 'postgresql') return;
    await sql`
      create function accounts_with_rare_words(wanted tsquery, most integer) returns setof integer
      language plpgsql stable rows 20 set enable_seqscan = off set enable_bitmapscan = on as $$
      begin
        return query
          with hits as materialized (select hit.row_id from account_words as hit where hit.words @@ wanted)
          select hits.row_id from hits order by hits.row_id limit most;
      end $$`.execute(db);
  },
};
