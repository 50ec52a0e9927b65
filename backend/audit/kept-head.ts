import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCheckpointSigned, type Checkpoint } from '../store/checkpoint.ts';

export const keptHeadFileName = 'audit-head.json';

const stored = z.object({
  seq: z.int(),
  hash: z.string(),
  at: z.int(),
  key_id: z.string(),
  signature: z.string(),
});

/** The newest signed event of the log, kept in the data folder: an attacker on the database alone cannot cut the log behind it unnoticed. */
export interface KeptHead {
  /** Null if there is none, or none that the key signed. */
  read(): Checkpoint | null;
  /** Replaces the file at once, so that a crash leaves the former or the new head. */
  write(head: Checkpoint): void;
}

/** The head that is kept in a data folder. `publicKey` is the folder's. */
export function createKeptHead(dataFolder: string, publicKey: string): KeptHead {
  const file = join(dataFolder, keptHeadFileName);
  return {
    read() {
      try {
        const head = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
        return isCheckpointSigned(head, publicKey) ? head : null;
      } catch {
        return null;
      }
    },
    write(head) {
      const written = `${file}.new`;
      const descriptor = openSync(written, 'w', 0o600);
      try {
        writeSync(descriptor, JSON.stringify(head));
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(written, file);
    },
  };
}

/** Keeps nothing, for desks without a data folder. */
export const noKeptHead: KeptHead = { read: () => null, write: () => undefined };
