import { sql, type Kysely } from 'kysely';
import { isName } from '../text/name-words.ts';
import { accountWords } from './account-words.ts';
import type { Looked } from './lexemes.ts';
import type { Tables } from './tables.ts';
import { blockSize, buildBitmaps, changeBitmaps, type BlockChange } from './word-bitmaps.ts';

/** The longest beginning that can be common. */
const longestCommon = 16;
/** Fewer accounts need no bitmaps. */
const minAccounts = 2000;
/** Accounts that are sampled to find common words, and the fewest of them that must have a word. */
const [sampled, minSampled] = [2000, 30];
/** How many times as many accounts there must be to look for common words again: while accounts are added, and after many were. */
const [growth, finalGrowth] = [4, 1.1];
/** The end of a whole name. No word contains it. */
const end = '.';
/** The beginning of all words. Its row in `common_words` has the size of the last sample. */
const everyWord = '';

/** A word as it is stored in `common_words`. */
export const commonWordOf = ({ text, isWhole }: Looked): string => (isWhole ? text + end : text);
const lookedOf = (word: string): Looked =>
  word.endsWith(end) ? { text: word.slice(0, -1), isWhole: true } : { text: word, isWhole: false };

/** The common words that a word begins with or is. All beginnings of a common word are common. */
function commonOf(word: string, common: ReadonlyMap<string, number>): readonly number[] {
  const found: number[] = [];
  let beginning = '';
  for (const letter of word) {
    beginning += letter;
    const id = common.get(beginning);
    if (id === undefined) break;
    found.push(id);
  }
  const name = isName(word) ? common.get(word + end) : undefined;
  if (name !== undefined) found.push(name);
  return found;
}

/** Finds the common words of accounts, with repetitions. Most names are those of many accounts, so each word is looked up once. */
function commonFinder(common: ReadonlyMap<string, number>): (words: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (words) =>
    words.split(' ').flatMap((word) => {
      const ids = known.get(word) ?? commonOf(word, common);
      known.set(word, ids);
      return ids;
    });
}

/** The beginnings and names that enough of these accounts have, the shorter first. */
function commonIn(sample: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const words of sample) {
    const parts = new Set<string>();
    for (const word of words.split(' ')) {
      const letters = [...word].slice(0, longestCommon);
      for (let size = 1; size <= letters.length; size += 1) parts.add(letters.slice(0, size).join(''));
      if (isName(word)) parts.add(word + end);
    }
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return [...counts].flatMap(([word, count]) => (count >= minSampled ? [word] : []));
}

async function readCommonWords(db: Kysely<Tables>) {
  const rows = await db.selectFrom('common_words').select(['id', 'word', 'accounts']).execute();
  return {
    common: new Map(rows.flatMap(({ id, word }) => (word === everyWord ? [] : [[word, id] as const]))),
    /** The number of accounts when common words were last looked for. */
    lookedAmong: rows.find(({ word }) => word === everyWord)?.accounts ?? 0,
  };
}

/** Looks for common words that are not yet known among the first `accounts`, and marks who has them. */
async function addCommonWords(db: Kysely<Tables>, accounts: number): Promise<void> {
  if (accounts < minAccounts) return;
  const numbers = Array.from({ length: sampled }, (_none, at) => Math.floor((accounts * at) / sampled) + 1);
  const sample = await db
    .selectFrom('accounts')
    .select(['display_name', 'user_name', 'department', 'tier', 'directory_id'])
    .where('row_id', 'in', numbers)
    .execute();
  const { common } = await readCommonWords(db);
  await sql`insert into common_words (word, accounts) values (${everyWord}, ${accounts})
    on conflict (word) do update set accounts = excluded.accounts`.execute(db);
  const found = commonIn(sample.map((account) => accountWords(account).words)).filter(
    (word) => !common.has(word),
  );
  if (found.length === 0) return;
  const added = await db
    .insertInto('common_words')
    .values(found.map((word) => ({ word, accounts })))
    .returning(['id', 'word'])
    .execute();
  await buildBitmaps(
    db,
    added.map(({ id, word }) => ({ id, word: lookedOf(word) })),
  );
}

async function newestAccount(db: Kysely<Tables>): Promise<number> {
  const newest = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.max('row_id').as('number'))
    .executeTakeFirst();
  return newest?.number ?? 0;
}

/** Finds all common words, after all accounts were indexed. */
export const findCommonWords = async (db: Kysely<Tables>): Promise<void> =>
  addCommonWords(db, await newestAccount(db));

/** Looks for further common words if many accounts were added: those of another company have other names. */
export async function addNewCommonWords(db: Kysely<Tables>): Promise<void> {
  const newest = await newestAccount(db);
  const { lookedAmong } = await readCommonWords(db);
  if (newest >= finalGrowth * lookedAmong) await addCommonWords(db, newest);
}

interface ChangedWords {
  readonly number: number;
  readonly words: { readonly words: string };
  readonly before: { readonly words: string } | null;
}

/** The changes of bitmaps for accounts whose words have changed. */
function changesOf(
  accounts: readonly ChangedWords[],
  common: ReadonlyMap<string, number>,
): readonly BlockChange[] {
  const blocks = new Map<number, Map<number, BlockChange>>();
  const commonAmong = commonFinder(common);
  for (const { number, words, before } of accounts) {
    const [block, place] = [Math.floor(number / blockSize), number % blockSize];
    const changes = blocks.get(block) ?? new Map<number, BlockChange>();
    blocks.set(block, changes);
    const changeOf = (wordId: number): BlockChange => {
      const known = changes.get(wordId);
      if (known !== undefined) return known;
      const change = { wordId, block, added: [], removed: [] };
      changes.set(wordId, change);
      return change;
    };
    const has = commonAmong(words.words);
    for (const wordId of has) changeOf(wordId).added.push(place);
    for (const wordId of before === null ? [] : commonAmong(before.words))
      if (!has.includes(wordId)) changeOf(wordId).removed.push(place);
  }
  return [...blocks.values()].flatMap((changes) => [...changes.values()]);
}

/**
 * Marks who has which common words, in the transaction that indexes the words of accounts. Looks for further common words when there are several times
 * as many accounts.
 */
export async function markCommonWords(tx: Kysely<Tables>, accounts: readonly ChangedWords[]): Promise<void> {
  const { common, lookedAmong } = await readCommonWords(tx);
  if (common.size > 0) await changeBitmaps(tx, changesOf(accounts, common));
  const newest = accounts.reduce((max, { number }) => Math.max(max, number), 0);
  if (newest >= growth * lookedAmong) await addCommonWords(tx, newest);
}
