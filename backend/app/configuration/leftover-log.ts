import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { StartFault } from './start-fault.ts';

/** The sizes of https://sqlite.org/fileformat2.html#the_write_ahead_log */
const [headerBytes, frameHeaderBytes] = [32, 24];

/** Milliseconds between the last commit and its copy to the file, or between two files of a folder whose owner is changed. */
const tolerance = 5000;

/** The newest committed content of each page in a log, by page number. */
function* committedPages(log: Buffer): Generator<readonly [page: number, content: Buffer]> {
  if (log.length < headerBytes) return;
  const size = log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  const [frames, pending] = [new Map<number, Buffer>(), new Map<number, Buffer>()];
  for (let at = headerBytes; at + frameHeaderBytes + size <= log.length; at += frameHeaderBytes + size) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break;
    const content = log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + size);
    pending.set(log.readUInt32BE(at), content);
    if (log.readUInt32BE(at + 4) === 0) continue;
    for (const [page, newest] of pending) frames.set(page, newest);
    pending.clear();
  }
  yield* frames;
}

function holdsUncopiedPages(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    for (const [page, content] of committedPages(readFileSync(`${file}-wal`))) {
      const stored = Buffer.alloc(content.length);
      readSync(descriptor, stored, 0, content.length, (page - 1) * content.length);
      if (!stored.equals(content)) return true;
    }
    return false;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Throws a {@link StartFault} if the write-ahead log beside a database belongs to another one, as after a backup was copied over a database that
 * was not stopped properly. SQLite would write the log's pages into the backup. The log of a database is younger than its file, or has been
 * copied into it; a file that was replaced is younger than the log.
 */
export function assertOwnLog(file: string, toleratedMs = tolerance): void {
  const [database, log] = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (database === undefined || log === undefined || log.size === 0) return;
  if (database.ctimeMs - log.ctimeMs < toleratedMs || !holdsUncopiedPages(file)) return;
  throw new StartFault(
    'storage.damaged',
    `${file} was replaced or moved while an older or newer log, ${file}-wal, was beside it. Together they would result in a damaged database. To use the file as it is, move the -wal and -shm files away and start again. To restore a backup, use reset-desk-backend restore. If nothing was replaced, run touch on ${file}-wal and start again.`,
    `${file}-wal`,
  );
}
