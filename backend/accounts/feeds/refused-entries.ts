import { createHash } from 'node:crypto';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { Transaction } from '../../store/store.ts';
import type { Gone } from './gone.ts';
import { piecesOf } from './pieces.ts';
import type { RefusedEntry } from './read-entries.ts';

/** Rows in one statement. */
const rowsAtOnce = 100;
/** Characters of a value that are shown. */
const maxShown = 60;

/** An id of any length, and of any characters, as a key of the table. */
const entryOf = (key: string): string => createHash('sha256').update(JSON.stringify(key)).digest('base64url');

/** A value with the code points of characters that cannot be seen, such as `ann[U+200B]`. */
const shown = (value: string): string => {
  const letters = [...value].slice(0, maxShown + 1);
  const visible = letters.slice(0, maxShown).map((letter) => {
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return letter !== ' ' && /[\p{C}\p{Z}\uFFFD]/u.test(letter) ? `[U+${code}]` : letter;
  });
  return `${visible.join('')}${letters.length > maxShown ? '…' : ''}`;
};

const entriesOf = (tx: Transaction, source: string) =>
  tx.selectFrom('directory_refused_entries').select(['entry', 'key']).where('directory_id', '=', source);

async function forget(tx: Transaction, source: string, entries: readonly string[]): Promise<void> {
  for (const piece of piecesOf(entries, rowsAtOnce))
    await tx
      .deleteFrom('directory_refused_entries')
      .where('directory_id', '=', source)
      .where('entry', 'in', piece)
      .execute();
}

/** Keeps the entries that were refused, for the administrators, and forgets those that were read since. */
export async function keepRefused(
  tx: Transaction,
  source: string,
  {
    accounts,
    refused,
    now,
  }: {
    readonly accounts: readonly ExternalAccount[];
    readonly refused: readonly RefusedEntry[];
    readonly now: number;
  },
): Promise<void> {
  if ((await entriesOf(tx, source).limit(1).executeTakeFirst()) !== undefined)
    await forget(
      tx,
      source,
      accounts.map(({ key }) => entryOf(key)),
    );
  const rows = refused.map(({ key, userName, reason, detail }) => ({
    directory_id: source,
    entry: entryOf(key),
    key: JSON.stringify(key),
    user_name: shown(userName.trim() === '' ? key : userName),
    reason,
    detail: shown(detail),
    read_at: now,
  }));
  for (const piece of piecesOf(rows, rowsAtOnce))
    await tx
      .insertInto('directory_refused_entries')
      .values(piece)
      .onConflict((on) =>
        on.columns(['directory_id', 'entry']).doUpdateSet((row) => ({
          user_name: row.ref('excluded.user_name'),
          reason: row.ref('excluded.reason'),
          detail: row.ref('excluded.detail'),
          read_at: row.ref('excluded.read_at'),
        })),
      )
      .execute();
}

/** Forgets refused entries that are gone from the directory. */
export async function forgetGone(
  tx: Transaction,
  source: string,
  { keys = [], presentKeys, notReadSince }: Gone,
): Promise<void> {
  if (notReadSince !== undefined)
    await tx
      .deleteFrom('directory_refused_entries')
      .where('directory_id', '=', source)
      .where('read_at', '<', notReadSince)
      .execute();
  await forget(tx, source, keys.map(entryOf));
  if (presentKeys === undefined) return;
  const known = await entriesOf(tx, source).execute();
  const gone = known.filter(({ key }) => !presentKeys.has(JSON.parse(key) as string));
  await forget(
    tx,
    source,
    gone.map(({ entry }) => entry),
  );
}
