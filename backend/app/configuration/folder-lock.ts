import { hostname } from 'node:os';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { storageFaultOf } from '../../store/storage-fault.ts';
import { StartFault } from './start-fault.ts';

/** Holds a data folder for one process. */
export interface FolderLock {
  /** Gives the folder to the next process. */
  release(): void;
}

const holder = z.object({ pid: z.int(), host: z.string(), since: z.string() });

function describeHolder(file: string): string {
  try {
    const { pid, host, since } = holder.parse(JSON.parse(readFileSync(file, 'utf8')));
    return `process ${pid} on ${host}, since ${since}`;
  } catch {
    return 'an unknown process';
  }
}

/**
 * Takes the data folder for this process, or throws a {@link StartFault} that names the process which holds it. The lock is SQLite's own on the file
 * `running.lock`: it works on every system, and the operating system releases it when the process ends in any way.
 */
export function lockFolder(dataFolder: string): FolderLock {
  const note = join(dataFolder, 'running.json');
  const database = new Database(join(dataFolder, 'running.lock'));
  try {
    database.exec('pragma busy_timeout = 0');
    database.exec('begin exclusive');
  } catch (thrown) {
    database.close();
    if (storageFaultOf(thrown)?.code !== 'storage.locked') throw thrown;
    const detail = describeHolder(note);
    throw new StartFault(
      'folder.in-use',
      `Another backend uses the data folder ${dataFolder}: ${detail}. Stop it, or give this backend another folder.`,
      detail,
      thrown,
    );
  }
  const since = new Date().toISOString();
  writeFileSync(note, JSON.stringify({ pid: process.pid, host: hostname(), since }), { mode: 0o600 });
  return {
    release: () => {
      rmSync(note, { force: true });
      database.exec('rollback');
      database.close();
    },
  };
}
