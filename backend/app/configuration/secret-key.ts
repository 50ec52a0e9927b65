import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { createAuditKey } from '../../store/audit-key.ts';
import type { Tables } from '../../store/tables.ts';
import { claimDatabase, isUsed, keyOfDatabase } from './database-key.ts';
import { keyFileName } from './data-folder.ts';
import { makeFolder } from './make-folder.ts';
import { StartFault } from './start-fault.ts';

const keyBytes = 32;

/** Reads the data folder's key. Throws a {@link StartFault} if others can read the file or it is not a key. */
export function readSecretKey(dataFolder: string): Uint8Array {
  const file = join(dataFolder, keyFileName);
  // Windows has no such mode bits; other users cannot read the user's profile folder there.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new StartFault(
      'folder.open-to-others',
      `Other users can read the key file ${file}. Run chmod 600 on it, then start again.`,
      file,
    );
  }
  return readKeyFile(file);
}

/** Reads a key file without checking who else can read it. Throws a {@link StartFault} if it is not a key. */
export function readKeyFile(file: string): Uint8Array {
  const { size } = statSync(file);
  if (size !== keyBytes) {
    throw new StartFault(
      'folder.key-damaged',
      `The key file ${file} is damaged: it has ${size} bytes instead of ${keyBytes}. Restore it from your backup.`,
      file,
    );
  }
  return readFileSync(file);
}

/** Creates a new key, readable by its owner alone. Throws if there is one. */
export function createKeyFile(dataFolder: string): Uint8Array {
  makeFolder(dataFolder);
  const key = randomBytes(keyBytes);
  const descriptor = openSync(join(dataFolder, keyFileName), 'wx', 0o600);
  writeSync(descriptor, key);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return key;
}

/** How a server's administrator starts with a new key. Shown for every key that does not match. */
const beginAnew =
  'If the key is lost permanently, stop the backend and create a new one with reset-desk-backend key replace --data FOLDER. Sessions, links, two-factor authentication and the stored passwords of other servers are then lost.';

/**
 * The key of the data folder, if it is the one of the database. Creates it for a database that no backend has used. Throws a
 * {@link StartFault} if the key is lost, damaged, or belongs to another database. `writer` may write, `db` may be a reader of the same database.
 */
export async function openSecretKey(
  dataFolder: string,
  { db, writer }: { readonly db: Kysely<Tables>; readonly writer: Kysely<Tables> },
  now: () => number,
): Promise<Uint8Array> {
  const file = join(dataFolder, keyFileName);
  const known = await keyOfDatabase(db);
  if (!existsSync(file) && (known !== null || (await isUsed(db)))) {
    throw new StartFault(
      'folder.key-missing',
      `The key file ${file} is missing, but the database was written with one${known === null ? '' : ` (${known.keyId})`}. Restore the key from your backup. ${beginAnew}`,
      known === null ? file : `${file}, key ${known.keyId}`,
    );
  }
  const key = existsSync(file) ? readSecretKey(dataFolder) : createKeyFile(dataFolder);
  const auditKey = createAuditKey(key);
  if (known === null) await claimDatabase(writer, auditKey, now());
  else if (known.keyId !== auditKey.keyId) {
    throw new StartFault(
      'folder.key-other',
      `The key file ${file} (${auditKey.keyId}) does not belong to this database (${known.keyId}). Restore the key and the database from the same backup. ${beginAnew}`,
      `key ${auditKey.keyId}, database ${known.keyId}`,
    );
  }
  return key;
}
