import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, statSync, writeSync, closeSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';

const keyBytes = 32;

/**
 * The key of a data folder: read, or made at the first start. A file that others can read, or that is not a key, is
 * refused with what to do.
 */
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
  // Windows has no such bits: there the user's profile folder keeps others out.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error('The key file secret.key can be read by others: run chmod 600 on it and start again');
  }
  const key = readFileSync(file);
  if (key.length !== keyBytes) throw new Error('The key file secret.key is damaged: put back its backup');
  return key;
}
