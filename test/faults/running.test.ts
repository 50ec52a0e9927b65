import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionTokens } from '../../shared/api/session.ts';
import { deskOf } from '../backend/desk-call.ts';
import { spawnBackend } from '../backend/spawn-backend.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { runBackend } from './run-backend.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** No mail is sent: the server does not exist. */
const noMail = 'smtp://127.0.0.1:9';
/** Starts processes, possibly on a machine that is busy with other tests. */
const timeout = 240_000;
type Backend = Awaited<ReturnType<typeof spawnBackend>>;

const signIn = async ({ ask }: Backend) => {
  const { userName, password } = administrator;
  const answer = await ask('POST', '/api/v1/session', { userName, password });
  return deskOf(ask as Parameters<typeof deskOf>[0], ((await answer.json()) as SessionTokens).accessToken);
};
const verify = (folder: string) => runBackend(folder, ['audit', 'verify', '--data', folder]);

describe('a backend on SQLite that is at work', () => {
  let original: string;
  let folder: string;
  beforeAll(async () => {
    original = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    const backend = await spawnBackend(original, noMail);
    await vi.waitUntil(() => backend.setupCode() !== '', { timeout });
    await backend.ask('POST', '/api/v1/setup', { ...administrator, setupCode: backend.setupCode() });
    await (await signIn(backend)).call('POST', '/imports/samples', {});
    await backend.kill('SIGTERM');
  }, timeout);
  afterAll(() => rmSync(original, { recursive: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    cpSync(original, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('stops in order while strangers hold connections and the mail server hangs', { timeout }, async () => {
    const sockets: Socket[] = [];
    const hold = (socket: Socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
      return socket;
    };
    const silent = createServer(hold).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const backend = await spawnBackend(folder, `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const desk = await signIn(backend);
    hold(connect(backend.port, '127.0.0.1'));
    hold(connect(backend.port, '127.0.0.1')).write('POST /login HTTP/1.1\r\nHost: x\r\nX-');
    const mailed = once(silent, 'connection');
    // The stopping backend may cut this call off; only its mail matters here.
    const testMail = desk.call('POST', '/settings/mail/test', { to: 'ann@example.com' }).catch(() => null);
    await mailed;
    expect(await backend.kill('SIGTERM')).toBe(0);
    await testMail;
    for (const socket of sockets) socket.destroy();
    silent.close();
    // The end of the log is signed.
    expect((await verify(folder)).out).toMatch(/up to event (\d+)\.\nSigned up to event \1 /);
  });

  it('loses nothing while its disk is full', { timeout }, async ({ skip }) => {
    const disk: SmallDisk | null = mountSmallDisk(48);
    if (disk === null) return skip('This user cannot mount a file system.');
    try {
      cpSync(folder, disk.folder, { recursive: true });
      const backend = await spawnBackend(disk.folder, noMail);
      const desk = await signIn(backend);
      const before = await desk.openCase('E10001');
      expect(before.id).toBeTruthy();
      disk.fill();
      const refused: { status: number; body: { code?: string } }[] = [];
      for (let times = 0; times < 20; times += 1)
        refused.push(
          await desk.call('PATCH', `/cases/${before.id}`, { ticket: `INC-${times}-${'x'.repeat(40)}` }),
        );
      const last = refused.at(-1);
      expect(last?.status).toBeGreaterThanOrEqual(500);
      expect(last?.body.code).toMatch(/^storage\./);
      expect((await desk.call('GET', `/cases/${before.id}`)).status).toBe(200);
      disk.makeRoom();
      expect((await desk.call('PATCH', `/cases/${before.id}`, { ticket: 'INC-room' })).status).toBe(200);
      await backend.kill('SIGTERM');
      expect((await verify(disk.folder)).out).toMatch(/^Unbroken/);
    } finally {
      disk.remove();
    }
  });
});
