import { sql, type Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';
import { matchQuery, wordsQuery, type Looked } from './lexemes.ts';
import type { Tables } from './tables.ts';

/** The accounts of one bitmap, which are consecutive by number. Larger bitmaps make imports slower, and smaller ones make searches slower. */
export const blockSize = 8000;
const bytesPerBlock = blockSize / 8;

/** What changes in the bitmap of a word for one block: the places of accounts within it. */
export interface BlockChange {
  readonly wordId: number;
  readonly block: number;
  readonly added: number[];
  readonly removed: number[];
}

/** The bitmap of a change, on bytes that are all zero or hold the bitmap before. The first account is the highest bit of the first byte. */
function writeChange(bits: Uint8Array, { added, removed }: Pick<BlockChange, 'added' | 'removed'>): void {
  for (const place of removed) bits[place >> 3] = (bits[place >> 3] ?? 0) & ~(0x80 >> (place & 7));
  for (const place of added) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
}

function hexOf(places: readonly number[]): string {
  const bits = Buffer.alloc(bytesPerBlock);
  writeChange(bits, { added: [...places], removed: [] });
  return bits.toString('hex');
}

async function changeOnPostgresql(db: Kysely<Tables>, changes: readonly BlockChange[]): Promise<void> {
  const rows = changes.map(({ wordId, block, added, removed }) => ({
    word_id: wordId,
    block,
    added: `x${hexOf(added)}`,
    removed: removed.length === 0 ? null : `x${hexOf(removed)}`,
  }));
  const bits = sql.raw(`bit(${blockSize})`);
  await sql`insert into word_bitmaps as known (word_id, block, bits)
    select word_id, block, added from json_to_recordset(${JSON.stringify(rows)}::json)
      as given(word_id integer, block integer, added ${bits})
    on conflict (word_id, block) do update set bits = known.bits | excluded.bits`.execute(db);
  const cleared = rows.filter(({ removed }) => removed !== null);
  if (cleared.length === 0) return;
  await sql`update word_bitmaps set bits = bits & ~given.removed
    from json_to_recordset(${JSON.stringify(cleared)}::json)
      as given(word_id integer, block integer, removed ${bits})
    where word_bitmaps.word_id = given.word_id and word_bitmaps.block = given.block`.execute(db);
}

async function changeOnSqlite(db: Kysely<Tables>, changes: readonly BlockChange[]): Promise<void> {
  const keys = JSON.stringify(changes.map(({ wordId, block }) => [wordId, block]));
  const { rows } = await sql<{ place: number; bits: ArrayBuffer }>`
    select given.key as place, bits from json_each(${keys}) as given
    join word_bitmaps on word_id = given.value ->> 0 and block = given.value ->> 1`.execute(db);
  // All bitmaps are one parameter.
  const bytes = Buffer.alloc(changes.length * bytesPerBlock);
  for (const { place, bits } of rows) bytes.set(new Uint8Array(bits), place * bytesPerBlock);
  for (const [place, change] of changes.entries())
    writeChange(bytes.subarray(place * bytesPerBlock, (place + 1) * bytesPerBlock), change);
  const size = sql.lit(bytesPerBlock);
  await sql`insert into word_bitmaps (word_id, block, bits)
    select value ->> 0, value ->> 1, substr(${bytes}, key * ${size} + 1, ${size}) from json_each(${keys}) where true
    on conflict (word_id, block) do update set bits = excluded.bits`.execute(db);
}

/** Changes bitmaps, and adds those that are missing. */
export async function changeBitmaps(db: Kysely<Tables>, changes: readonly BlockChange[]): Promise<void> {
  if (changes.length === 0) return;
  await (dialectOf(db) === 'postgresql' ? changeOnPostgresql(db, changes) : changeOnSqlite(db, changes));
}

/** The numbers of all accounts with a word. As one text: rows would take the drivers several times as long. */
async function accountsWith(db: Kysely<Tables>, word: Looked): Promise<readonly number[]> {
  const { rows } = await (
    dialectOf(db) === 'postgresql'
      ? sql<{ found: string | null }>`select json_agg(row_id)::text as found from account_words
          where words @@ ${wordsQuery([[word]])}::tsquery`
      : sql<{ found: string | null }>`select json_group_array(rowid) as found from
          (select rowid from account_search where account_search match ${matchQuery([[word]])})`
  ).execute(db);
  return JSON.parse(rows[0]?.found ?? '[]') as number[];
}

/** Bitmaps that are written with one statement. */
const writtenAtOnce = 500;

/** Adds the bitmaps of new common words for all accounts that are indexed. */
export async function buildBitmaps(
  db: Kysely<Tables>,
  words: readonly { readonly id: number; readonly word: Looked }[],
): Promise<void> {
  let changes: BlockChange[] = [];
  for (const { id: wordId, word } of words) {
    const blocks = new Map<number, BlockChange>();
    for (const account of await accountsWith(db, word)) {
      const block = Math.floor(account / blockSize);
      const change = blocks.get(block) ?? { wordId, block, added: [], removed: [] };
      blocks.set(block, change);
      change.added.push(account % blockSize);
    }
    changes.push(...blocks.values());
    if (changes.length < writtenAtOnce) continue;
    await changeBitmaps(db, changes);
    changes = [];
  }
  await changeBitmaps(db, changes);
}
