import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, statSync, writeSync, closeSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';

const keyBytes = 32;

/** Reads the data folder's key, or creates it at the first start. Throws, with a remedy, if others can read the file or it is not a key. */
export function openSecretKey(dataFolder: string): Uint8Array {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'secret.key');
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, randomBytes(keyBytes));
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
  // Windows has no such mode bits; there the user's profile folder is not accessible to others.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error('The key file secret.key can be read by others: run chmod 600 on it and start again');
  }
  const key = readFileSync(file);
  if (key.length !== keyBytes)
    throw new Error('The key file secret.key is damaged: restore it from a backup');
  return key;
}
