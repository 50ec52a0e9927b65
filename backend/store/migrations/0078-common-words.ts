import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf, numberedKey } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { blockSize } from '../word-bitmaps.ts';

/**
 * Tables for bitmaps of the accounts with each common word. Comparing the lists of two words that many accounts have, but hardly any both, was the slowest part of
 * a search.
 */
export const commonWords: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    const isPostgresql = dialectOf(db) === 'postgresql';
    const text = isPostgresql ? sql`text collate "C"` : sql`text`;
    await db.schema
      .createTable('common_words')
      .addColumn('id', 'integer', numberedKey(db))
      .addColumn('word', text, (column) => column.notNull().unique())
      .addColumn('accounts', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('word_bitmaps')
      .addColumn('word_id', 'integer', (column) => column.notNull())
      .addColumn('block', 'integer', (column) => column.notNull())
      .addColumn('bits', isPostgresql ? sql.raw(`bit(${blockSize})`) : sql`blob`, (column) =>
        column.notNull(),
      )
      .addPrimaryKeyConstraint('word_bitmaps_key', ['word_id', 'block'])
      .execute();
    if (isPostgresql) await addPostgresqlSearch(db);
  },
};

/** The function that compares bitmaps in PostgreSQL. It reads few blocks first, because common words often meet there. */
async function addPostgresqlSearch(db: Kysely<Tables>): Promise<void> {
  // Reading a value in a table of its own would take longer than comparing it.
  await sql`alter table word_bitmaps alter column bits set storage plain`.execute(db);
  const piece = 250;
  await sql`
    create function accounts_with_common_words(word_ids integer[], of_terms integer[], most integer)
    returns setof integer language plpgsql stable rows 20 as $$
    declare
      terms constant integer := (select count(distinct term) from unnest(of_terms) as term);
      last_block constant integer := (select max(block) from word_bitmaps where word_id = any(word_ids));
      first_block integer := 0;
      blocks integer := 1;
      left_over integer := most;
      got integer;
      bits_of_piece bit(${sql.lit(piece)});
      met record;
    begin
      while first_block <= last_block loop
        for met in
          select block, bit_and(bits) as bits from (
            select bitmap.block, wanted.term, bit_or(bitmap.bits) as bits
            from unnest(word_ids, of_terms) as wanted(word_id, term)
            join word_bitmaps as bitmap on bitmap.word_id = wanted.word_id
              and bitmap.block >= first_block and bitmap.block < first_block + blocks
            group by bitmap.block, wanted.term) as of_term
          group by block having count(*) = terms and bit_count(bit_and(bits)) > 0 order by block
        loop
          for part in 0..${sql.lit(blockSize / piece - 1)} loop
            bits_of_piece := substring(met.bits from part * ${sql.lit(piece)} + 1 for ${sql.lit(piece)});
            continue when bit_count(bits_of_piece) = 0;
            return query
              select met.block * ${sql.lit(blockSize)} + part * ${sql.lit(piece)} + place
              from generate_series(0, ${sql.lit(piece - 1)}) as place
              where get_bit(bits_of_piece, place) = 1 order by place limit left_over;
            get diagnostics got = row_count;
            left_over := left_over - got;
            if left_over <= 0 then return; end if;
          end loop;
        end loop;
        first_block := first_block + blocks;
        blocks := blocks * 4;
      end loop;
    end $$`.execute(db);
}
