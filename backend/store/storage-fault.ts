import { DatabaseFault } from './database-fault.ts';
import type { StorageCode } from '../../shared/errors/codes.ts';

/** A fault of the disk, the data folder or the database, and what an administrator of the server can do about it. */
export interface StorageFault {
  readonly code: StorageCode;
  /** A sentence for the log and for the administrator who starts the backend on a server. */
  readonly message: string;
}

const messages: Readonly<Record<StorageCode, string>> = {
  'storage.unavailable': 'The database cannot be reached. Check the database server and the network.',
  'storage.outcome-unknown':
    'The connection broke before the answer to a COMMIT, so it is unknown whether the change was saved.',
  'storage.full': 'The disk is full. Nothing was changed. Free some space on it and try again.',
  'storage.read-only':
    'The data folder or the database can only be read. Make its disk writable, or move the data folder, then start again.',
  'storage.denied':
    'The backend is not permitted to use its data folder or database. Make the backend’s user the owner of the folder and its files.',
  'storage.locked': 'Another program has locked the database. Close that program, then try again.',
  'storage.damaged':
    'The database is damaged. Stop the backend and restore a backup into an empty folder: reset-desk-backend restore FILE --data FOLDER',
  'storage.failed':
    'The disk failed to read or write the database. Check the disk and the system’s log before you continue.',
};

/** SQLite's primary result codes, by name and number (https://sqlite.org/rescode.html). */
const sqliteCodes: readonly (readonly [name: string, number: number, code: StorageCode])[] = [
  ['SQLITE_PERM', 3, 'storage.denied'],
  ['SQLITE_BUSY', 5, 'storage.locked'],
  ['SQLITE_LOCKED', 6, 'storage.locked'],
  ['SQLITE_READONLY', 8, 'storage.read-only'],
  ['SQLITE_IOERR', 10, 'storage.failed'],
  ['SQLITE_CORRUPT', 11, 'storage.damaged'],
  ['SQLITE_FULL', 13, 'storage.full'],
  ['SQLITE_CANTOPEN', 14, 'storage.denied'],
  ['SQLITE_NOTADB', 26, 'storage.damaged'],
];

/** Codes of the file system, and PostgreSQL's SQLSTATE for its own disk and files. */
const otherCodes: Readonly<Record<string, StorageCode>> = {
  ENOSPC: 'storage.full',
  EDQUOT: 'storage.full',
  EROFS: 'storage.read-only',
  EACCES: 'storage.denied',
  EPERM: 'storage.denied',
  EIO: 'storage.failed',
  '53100': 'storage.full',
  '58030': 'storage.failed',
  XX001: 'storage.damaged',
  XX002: 'storage.damaged',
};

/** A failure to open or bind a socket has the same codes as one of a file. */
const networkCalls = new Set(['connect', 'listen', 'bind', 'sendto', 'getaddrinfo']);

function codeOf(thrown: Error): StorageCode | null {
  const { code, rawCode, syscall } = thrown as { code?: unknown; rawCode?: unknown; syscall?: unknown };
  if (typeof syscall === 'string' && networkCalls.has(syscall)) return null;
  if (typeof code === 'string') {
    const known = otherCodes[code];
    if (known !== undefined) return known;
    const [name] = /^SQLITE_[A-Z]+/.exec(code) ?? [];
    const found = sqliteCodes.find(([sqlite]) => sqlite === name);
    if (found) return found[2];
  }
  // Extended result codes have the primary one in their lowest byte. libsql reports a failed opening only in its message.
  const [, opening] = /^ConnectionFailed\(.*: (\d+)/.exec(thrown.message) ?? [];
  const number = typeof rawCode === 'number' ? rawCode % 256 : Number(opening);
  return sqliteCodes.find(([, sqlite]) => sqlite === number)?.[2] ?? null;
}

/** The storage's fault behind a thrown error or one of its causes; null if it is something else. */
export function storageFaultOf(thrown: unknown): StorageFault | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof DatabaseFault) return error;
    const code = codeOf(error);
    if (code !== null) return { code, message: messages[code] };
  }
  return null;
}
