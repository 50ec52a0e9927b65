import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { indexAllAccounts } from '../words-index.ts';

/**
 * An index of accounts by several words in PostgreSQL, which compares the lists of all words at once. The index of beginnings, in which each account of one
 * word was looked up for the next, keeps short beginnings only, which have too many accounts for it.
 */
export const postgresqlWords: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    if (dialectOf(db) !== 'postgresql') return;
    await sql`create table account_words (row_id integer primary key, words tsvector not null)`.execute(db);
    // The share of accounts with a word is found by the index itself.
    await sql`alter table account_words alter column words set statistics 0`.execute(db);
    // An import collects changes: one by one, they would take several times as long.
    await sql`create index account_words_words on account_words using gin (words)
      with (fastupdate = on, gin_pending_list_limit = 1024)`.execute(db);
    // Only the owner of an index may do this.
    await sql`create function settle_account_words() returns void language sql security definer set search_path from current as $$
      select gin_clean_pending_list('account_words_words'::regclass) $$`.execute(db);
    // Frequent words are found among the first accounts, and rare ones have few accounts in the index. A sample of the first accounts tells which they are.
    await sql`
      create function accounts_with_words(wanted tsquery, most integer) returns setof integer
      language plpgsql stable rows 20 set enable_seqscan = off set enable_bitmapscan = on as $$
      declare
        reads constant integer := greatest(16000, most * 20);
        sampled integer;
        found_so_far integer := 0;
        last_read integer := 0;
      begin
        select count(*) into sampled from
          (select words from account_words order by row_id limit 1000) as sample where sample.words @@ wanted;
        if sampled > 1 and sampled * reads >= 1000 * most then
          return query
            select first_ones.row_id from
              (select row_id, words from account_words order by row_id limit reads) as first_ones
            where first_ones.words @@ wanted order by first_ones.row_id limit most;
          get diagnostics found_so_far = row_count;
          if found_so_far = most then return; end if;
          select row_id into last_read from account_words order by row_id offset reads - 1 limit 1;
          if last_read is null then return; end if;
        end if;
        return query
          with hits as materialized (select hit.row_id from account_words as hit where hit.words @@ wanted)
          select hits.row_id from hits where hits.row_id > last_read order by hits.row_id limit most - found_so_far;
      end $$`.execute(db);
    await sql`truncate account_prefixes`.execute(db);
    await indexAllAccounts(db);
  },
};
