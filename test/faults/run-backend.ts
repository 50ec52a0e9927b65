import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import { databaseVariables } from '../backend/spawn-backend.ts';
import { killingAt, type Step } from './moments.ts';

const main = fileURLToPath(new URL('../../backend/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Starts the backend, or runs one of its commands, to its end or to the moment at which it is killed. A listening backend is stopped like a service;
 * its code is then 0.
 */
export async function runBackend(
  dataFolder: string,
  args: readonly string[] = [],
  user: { readonly uid?: number; readonly gid?: number } = {},
  moment?: readonly Step[],
  database: TestDatabase | null = null,
): Promise<Ended> {
  const kills = moment === undefined ? [] : killingAt(moment);
  const child = spawn(process.execPath, [...kills, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      RESET_DESK_DATA: dataFolder,
      RESET_DESK_PORT: '0',
      ...databaseVariables(database),
    },
    ...user,
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk);
    if (said.err.includes('"event":"listening"')) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}
