import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import { killingAt, type Step } from '../faults/moments.ts';

const main = fileURLToPath(new URL('../../backend/main.ts', import.meta.url));

/** Milliseconds, on a machine that may be busy with other tests. */
const momentWithinMs = 20_000;

/** The environment variables with which a backend and its commands use a database on PostgreSQL. */
export const databaseVariables = (database: TestDatabase | null): Record<string, string> =>
  database === null
    ? {}
    : { RESET_DESK_DATABASE_URL: database.url, RESET_DESK_DATABASE_OWNER_URL: database.ownerUrl };

interface SpawnOptions {
  /** Milliseconds. */
  readonly ahead?: number;
  /** Kills itself at this moment of its work; with an empty list, at the moment that `killAt` of {@link spawnBackend} sets later. */
  readonly moment?: readonly Step[];
}

/** A backend in a process of its own, which can be killed like in a power failure. Its clock is `ahead` of the real one by this many milliseconds. */
export async function spawnBackend(
  dataFolder: string,
  smtpUrl: string,
  database: TestDatabase | null = null,
  { ahead = 0, moment }: SpawnOptions = {},
) {
  const clock = ahead === 0 ? [] : ['--import', new URL(`clock-ahead.ts?by=${ahead}`, import.meta.url).href];
  const kills = moment === undefined ? [] : killingAt(moment);
  const child: ChildProcess = spawn(process.execPath, [...clock, ...kills, main], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      RESET_DESK_DATA: dataFolder,
      RESET_DESK_PORT: '0',
      RESET_DESK_SMTP_URL: smtpUrl,
      ...databaseVariables(database),
    },
  });
  const said = { out: '', err: '' };
  const started = new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => (said.out += String(chunk)));
    child.stderr?.on('data', (chunk) => {
      said.err += String(chunk);
      const [, port] = /"event":"listening".*"port":(\d+)/.exec(said.err) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', () => reject(new Error(`the backend ended: ${said.err}`)));
  });
  const port = await started;
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ask,
    /** Sets the moment at which the backend, which was started with an empty one, is killed. `killed` rejects if it does not reach the moment. */
    killAt: async (steps: readonly Step[]): Promise<{ readonly killed: Promise<unknown> }> => {
      const armed = once(child, 'message');
      child.send(steps);
      await armed;
      const killed = once(child, 'exit', { signal: AbortSignal.timeout(momentWithinMs) });
      // Only the code that awaits it gets the rejection.
      killed.catch(() => undefined);
      return { killed };
    },
    setupCode: () => /setup code: (\S+)/.exec(said.out)?.[1] ?? '',
    port,
    /** Returns the exit code; null if a signal ended it, now or before. */
    kill: async (signal: NodeJS.Signals): Promise<number | null> => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}
