import { sql, type Kysely } from 'kysely';
import { lexemeOf } from '../../store/lexemes.ts';
import type { Tables } from '../../store/tables.ts';
import type { AnyWord } from './search-index.ts';

/** Accounts of a sample, spread over all of them. */
const sampled = 10_000;
/** The golden ratio: its multiples are spread evenly, and follow no order in which accounts may have been added. */
const golden = (Math.sqrt(5) - 1) / 2;
/** The most accounts of the sample that have a rare word. */
const maxRare = 2;
/** How many times as many accounts there must be for another sample. */
const growth = 1.5;

/** How many accounts have which words, as far as a sample shows. */
export interface WordSample {
  /** Whether few accounts have a word of each list; false before there is a sample. */
  isRare(lists: readonly AnyWord[]): boolean;
  /** Takes another sample if there are many more accounts than in the last one. */
  refresh(accounts: number): Promise<void>;
}

/** Samples the words of accounts in PostgreSQL. Only the time of a search depends on the sample, not what it finds. */
export function createWordSample(db: Kysely<Tables>): WordSample {
  let counts: ReadonlyMap<string, number> | null = null;
  let accountsBefore = 0;
  const countOf = (any: AnyWord): number =>
    any.reduce((sum, word) => sum + (counts?.get(lexemeOf(word)) ?? 0), 0);
  return {
    isRare: (lists) => counts !== null && lists.some((any) => countOf(any) <= maxRare),
    refresh: async (accounts) => {
      if (accounts < accountsBefore * growth || accounts === 0) return;
      const before = accountsBefore;
      // So that searches at the same time take no sample of their own.
      accountsBefore = accounts;
      const numbers = Array.from(
        { length: sampled },
        (_none, at) => Math.floor(accounts * ((at * golden) % 1)) + 1,
      );
      const { rows } = await sql<{ lexeme: string; accounts: number }>`
        select lexeme, count(*)::integer as accounts
        from account_words, unnest(tsvector_to_array(words)) as lexeme
        where row_id = any(${numbers}::integer[]) group by lexeme having count(*) > ${maxRare}`
        .execute(db)
        .catch((thrown: unknown) => {
          accountsBefore = before;
          throw thrown;
        });
      counts = new Map(rows.map((row) => [row.lexeme, row.accounts]));
    },
  };
}
