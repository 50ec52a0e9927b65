import { createHash } from 'node:crypto';
import type { Store, Transaction } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';
import { piecesOf } from './pieces.ts';

/** A read of all accounts that has begun. */
export interface UnfinishedRead {
  /** When it began, in milliseconds. */
  readonly since: number;
  /** The cursor for changes, taken before the first page. */
  readonly cursor: string;
  /** The directory's position after the last page that was applied. */
  readonly position: string | null;
  /** A digest of the settings: with others, accounts may look different or be out of the scope. */
  readonly settings: string;
}

/** Milliseconds after which a read begins anew: directories forget deletions and cursors. */
const maxAge = 7 * 86_400_000;
const keysAtOnce = 500;

const digestOf = ({ settings }: Pick<DirectoriesTable, 'settings'>): string =>
  createHash('sha256').update(settings).digest('base64url');

/** A read that begins now. */
export const newRead = (
  row: Pick<DirectoriesTable, 'settings'>,
  { since, cursor }: Pick<UnfinishedRead, 'since' | 'cursor'>,
): UnfinishedRead => ({ since, cursor, position: null, settings: digestOf(row) });

/** The read that can be continued; null if there is none. */
export function unfinishedReadOf(
  row: Pick<DirectoriesTable, 'settings' | 'unfinished_read'>,
  now: number,
): UnfinishedRead | null {
  if (row.unfinished_read === null) return null;
  const read = JSON.parse(row.unfinished_read) as UnfinishedRead;
  const isUsable = read.settings === digestOf(row) && read.since > now - maxAge && read.since <= now;
  return isUsable ? read : null;
}

/** Stores how far the read has come, unless an administrator has asked for another read of all accounts meanwhile. */
export const keepPosition = (tx: Transaction, directoryId: string, read: UnfinishedRead) =>
  tx
    .updateTable('directories')
    .set({ unfinished_read: JSON.stringify(read) })
    .where('id', '=', directoryId)
    .where('unfinished_read', 'is not', null)
    .execute();

/** Those of the keys whose accounts were read since a time. */
export async function keysReadSince(
  { db }: Pick<Store, 'db'>,
  directoryId: string,
  keys: readonly string[],
  since: number,
): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  for (const piece of piecesOf(keys, keysAtOnce)) {
    const rows = await db
      .selectFrom('accounts')
      .innerJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
      .select('accounts.source_id')
      .where('accounts.directory_id', '=', directoryId)
      .where('accounts.source_id', 'in', piece)
      .where('accounts.closed_at', 'is', null)
      .where('directory_accounts.read_at', '>=', since)
      .execute();
    for (const { source_id: key } of rows) if (key !== null) read.add(key);
  }
  return read;
}
