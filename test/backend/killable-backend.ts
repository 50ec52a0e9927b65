import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createTestDatabase } from '../../backend/store/database-for-test.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { spawnBackend } from './spawn-backend.ts';
import { administrator } from './start-test-backend.ts';

/** A backend in a process of its own, which can be killed and started again on the same data; on PostgreSQL if the run uses one. */
export async function startKillableBackend(mailUrl: string) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const database = await createTestDatabase();
  let alive = await spawnBackend(dataFolder, mailUrl, database);
  // Also set while it starts, so that the process of a test that times out is ended as well.
  let starting: Promise<typeof alive> | null = null;
  let isRunning = true;
  const ask: typeof alive.ask = (...call) => alive.ask(...call);
  const kill = async (signal: NodeJS.Signals) => {
    isRunning = false;
    await alive.kill(signal);
  };
  return {
    dataFolder,
    ask,
    /** Creates the first administrator, Ann, who is signed in from then on. */
    setUp: async (): Promise<SessionTokens> => {
      // Printed after "listening".
      await expect.poll(() => alive.setupCode()).not.toBe('');
      const body = { ...administrator, setupCode: alive.setupCode() };
      return (await (await ask('POST', '/api/v1/setup', body)).json()) as SessionTokens;
    },
    kill,
    /** Starts it again after {@link kill}; `ahead` milliseconds are added to the system's clock. */
    start: async (options?: { ahead: number }): Promise<void> => {
      starting = spawnBackend(dataFolder, mailUrl, database, options);
      isRunning = true;
      alive = await starting;
    },
    stop: async () => {
      alive = (await starting) ?? alive;
      if (isRunning) await kill('SIGTERM');
      await rm(dataFolder, { recursive: true, maxRetries: 10 });
      await database?.drop();
    },
  };
}
