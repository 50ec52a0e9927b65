import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Writes a file until nothing more fits. */
  fill(): void;
  makeRoom(): void;
  makeReadOnly(): void;
  remove(): void;
}

/** Mounts a file system of this many megabytes; null if that is not permitted. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const mountPoint = mkdtempSync(join(tmpdir(), 'reset-desk-disk-'));
  try {
    execFileSync(
      '/usr/bin/mount',
      ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', mountPoint],
      {
        stdio: 'ignore',
      },
    );
  } catch {
    rmSync(mountPoint, { recursive: true });
    return null;
  }
  const filler = join(mountPoint, 'filler');
  return {
    folder: mountPoint,
    fill: () => {
      const descriptor = openSync(filler, 'a');
      try {
        for (const size of [1_048_576, 4096, 1]) {
          const bytes = Buffer.alloc(size);
          try {
            for (;;) if (writeSync(descriptor, bytes) < size) break;
          } catch {
            // Filled up to the size of these pieces.
          }
        }
      } finally {
        closeSync(descriptor);
      }
    },
    makeRoom: () => {
      rmSync(filler, { force: true });
    },
    makeReadOnly: () => {
      execFileSync('/usr/bin/mount', ['-o', 'remount,ro', mountPoint]);
    },
    remove: () => {
      execFileSync('/usr/bin/umount', ['-l', mountPoint]);
      rmSync(mountPoint, { recursive: true });
    },
  };
}
