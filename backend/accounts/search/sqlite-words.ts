import type Database from 'libsql';
import { matchQuery } from '../../store/lexemes.ts';
import { blockSize } from '../../store/word-bitmaps.ts';
import { accountsIn, blockOf, intersectionOf, isIn, unionOf, type Blocks } from './bitmap-blocks.ts';
import type { AnyWord } from './search-index.ts';
import { planWords, type RareMatches } from './plan-words.ts';
import { createReadCache } from './sqlite-read-cache.ts';

/** How many blocks and accounts are read first, and how many times as many next: the first ones often suffice. */
const [firstBlocks, firstRare, growth] = [2, 300, 4];
/** Bitmaps of a thousand bytes that are kept for the next keystrokes, which ask for the words before the last one again. */
const maxKeptBlocks = 6000;
/** What looking a word up counts beside a bitmap. */
const lookUp = 0.1;

const blockAt = (account: number): number => Math.floor(account / blockSize);

/**
 * Finds accounts by several words in SQLite: by the bitmaps of common words, and by the full-text index. The index alone would compare the lists of two
 * common words entry by entry.
 */
export function createSqliteWords(database: Database.Database) {
  const numbers = database.prepare('select id from common_words where word = ?');
  const last = database.prepare('select max(block) as block from word_bitmaps where word_id = ?');
  const bitmaps = database.prepare(
    'select block, bits from word_bitmaps where word_id = ? and block >= ? and block <= ?',
  );
  // One text: rows would take the driver ten times as long.
  const matching = database.prepare(`select json_group_array(row) as found from
    (select rowid as row from account_search where account_search match ? and rowid > ? limit ?)`);

  const kept = createReadCache(database, maxKeptBlocks);
  const numberOf = kept.keep(
    (word: string) => (numbers.get(word) as { id: number } | undefined)?.id,
    () => lookUp,
  );
  const lastBlock = kept.keep(
    (word: number) => (last.get(word) as { block: number | null }).block ?? -1,
    () => lookUp,
  );
  const bitmapOf = kept.keep(
    (word: number, from: number, to: number): Blocks => {
      const rows = bitmaps.all(word, from, to) as { block: number; bits: ArrayBuffer }[];
      return new Map(rows.map(({ block, bits }) => [block, blockOf(bits)]));
    },
    ({ size }) => Math.max(size, lookUp),
  );
  /** The accounts in some blocks that have a common word of each list. */
  const readCommon = (lists: readonly (readonly number[])[], from: number, to: number): Blocks =>
    intersectionOf(lists.map((words) => unionOf(words.map((word) => bitmapOf(word, from, to)))));

  function withCommon(lists: readonly (readonly number[])[], limit: number): number[] {
    const found: number[] = [];
    const end = Math.min(...lists.map((words) => Math.max(...words.map(lastBlock))));
    let from = 0;
    for (let count = firstBlocks; from <= end && found.length < limit; count *= growth) {
      found.push(...accountsIn(readCommon(lists, from, from + count - 1), limit - found.length));
      from += count;
    }
    return found;
  }

  function withRare({ words, common }: RareMatches, limit: number): number[] {
    const match = matchQuery(words);
    const found: number[] = [];
    let after = 0;
    for (let count = firstRare; found.length < limit; count *= growth) {
      const page = matching.get(match, after, count) as { found: string };
      const rows = JSON.parse(page.found) as number[];
      const [from = 0, to = 0] = [rows.at(0), rows.at(-1)];
      if (rows.length > 0 && common.length > 0) {
        const met = readCommon(common, blockAt(from), blockAt(to));
        found.push(...rows.filter((row) => isIn(met, row)));
      } else found.push(...rows);
      if (rows.length < count) break;
      after = to;
    }
    return found.slice(0, limit);
  }

  return {
    /** The numbers of the first accounts in order that have a word of each list; null if the full-text index alone is the best way. */
    find(lists: readonly AnyWord[], limit: number): number[] | null {
      // The full-text index has the first accounts of one word at hand.
      if (lists.length === 1) return null;
      kept.forgetChanged();
      const plan = planWords(lists, numberOf);
      if (plan === null) return null;
      const found = [
        ...(plan.common === null ? [] : withCommon(plan.common, limit)),
        ...plan.rare.flatMap((rare) => withRare(rare, limit)),
      ];
      return [...new Set(found)].toSorted((one, other) => one - other).slice(0, limit);
    },
  };
}
