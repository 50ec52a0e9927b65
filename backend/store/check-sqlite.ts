import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'libsql';

/** A SQLite file that is truncated or whose pages are inconsistent. Has SQLite's code, so that it is recognised as a damaged database. */
export class DamagedDatabase extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** https://sqlite.org/fileformat2.html#the_database_header */
function assertHeader(file: string): void {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  if (read < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new DamagedDatabase(`${file} is not a SQLite database`);
  const stated = header.readUInt16BE(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  const pages = header.readUInt32BE(28);
  // The page count is valid if it was written by the last change of the file.
  const isCurrent = header.readUInt32BE(24) === header.readUInt32BE(92);
  if (isCurrent && sizeOf(file) < pages * pageSize)
    throw new DamagedDatabase(
      `${file} is cut short: it has ${sizeOf(file)} bytes instead of ${pages * pageSize}`,
    );
}

function assertPages(file: string, pragma: string): void {
  const database = new Database(file);
  try {
    const rows = database.prepare(`pragma ${pragma}(1)`).all([]) as Record<string, unknown>[];
    const [finding] = rows.flatMap((row) => Object.values(row));
    if (finding !== 'ok') throw new DamagedDatabase(`${file} is damaged: ${String(finding)}`);
  } finally {
    database.close();
  }
}

/** Bytes. Checking a larger file takes longer than an administrator expects of a start; `restore` and `audit verify` read the whole file. */
const maxChecked = 512 * 1024 * 1024;

/**
 * Throws {@link DamagedDatabase} if a database file cannot be what the backend left. After a proper stop, it checks the header and the length; if a
 * log was left beside the file, it checks all pages (0.1 to 1 s for 100 MB). A file that does not exist is new.
 */
export function checkSqlite(file: string): void {
  if (sizeOf(file) === 0) return;
  assertHeader(file);
  if (sizeOf(`${file}-wal`) > 0 && sizeOf(file) <= maxChecked) assertPages(file, 'quick_check');
}

/** Throws {@link DamagedDatabase} unless a copy is a complete SQLite database, including its indexes. */
export function checkWholeSqlite(file: string): void {
  assertHeader(file);
  assertPages(file, 'integrity_check');
}
