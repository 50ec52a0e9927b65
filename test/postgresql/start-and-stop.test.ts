import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { spawnBackend } from '../backend/spawn-backend.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startUnreliableMailServer } from '../fixtures/unreliable-mail-server.ts';
import { serverPort, throughProxy } from './through-proxy.ts';

describe('a backend and its PostgreSQL', () => {
  let database: TestDatabase;
  let proxy: FaultyProxy;
  beforeEach(async () => {
    const made = await createTestDatabase();
    if (made === null) throw new Error('these tests are for PostgreSQL');
    database = made;
    proxy = await startFaultyProxy(serverPort(database));
  });
  afterEach(async () => {
    await proxy.stop();
    await database.drop();
  });

  it('wait for each other at the start', async () => {
    const logged: string[] = [];
    proxy.moveTo(1);
    const opening = openPostgresql(
      throughProxy(database, proxy),
      (event, { reason }) => logged.push(`${event}: ${reason}`),
      { waitMs: 30_000 },
    );
    const waiting = 'waiting-for-database: the connection was';
    await expect.poll(() => logged.some((line) => line.startsWith(waiting))).toBe(true);
    proxy.moveTo(serverPort(database));
    const { reader, writer } = await opening;
    expect(logged.filter((line) => line.startsWith('waiting-for-database')).length).toBeLessThan(3);
    await Promise.all([reader.destroy(), writer.destroy()]);
  });

  it('end within ten seconds of a SIGTERM while the database and the mail server hang', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    const mail = await startUnreliableMailServer();
    const backend = await spawnBackend(dataFolder, mail.url, {
      ...database,
      ...throughProxy(database, proxy),
    });
    await expect.poll(() => backend.setupCode()).not.toBe('');
    proxy.forget();
    proxy.blackHole();
    const hanging = backend.ask('GET', '/api/v1/about').catch(() => null);
    const signIn = { userName: 'ann', password: 'a' };
    const called = backend.ask('POST', '/api/v1/session', signIn).catch(() => null);
    const startedAt = performance.now();
    await backend.kill('SIGTERM');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await Promise.all([hanging, called]);
    await mail.stop();
    await rm(dataFolder, { recursive: true, maxRetries: 10 });
  });
});
