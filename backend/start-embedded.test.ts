import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded, type Opened } from './start-embedded.ts';
import { putEmptySqlite } from './store/sqlite-for-test.ts';
import { listenAhead } from './web/http/waiting-server.ts';

describe('the backend of a console', () => {
  let dataFolder: string;
  beforeEach(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    await putEmptySqlite(join(dataFolder, 'reset-desk.db'));
  });
  afterEach(() => {
    rmSync(dataFolder, { recursive: true });
  });
  const start = (port: number, onOpened: (opened: Opened) => void) =>
    startEmbedded(
      { dataFolder, host: '127.0.0.1', port, mode: 'embedded', version: '1.2.3', log: () => undefined },
      onOpened,
    );
  const ask = (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`);

  it('describes itself before it answers, and answers what is asked from then on', async () => {
    let early: Promise<Response> | undefined;
    let opened: Opened | undefined;
    const running = await start(0, (told) => {
      opened = told;
      early = ask(told.port, '/api/v1/about');
    });
    const { port, about } = opened ?? {};
    expect(about).toMatchObject({
      mode: 'embedded',
      version: '1.2.3',
      setup: 'needs-first-administrator',
      provider: null,
      publicUrl: `http://127.0.0.1:${port}`,
    });
    expect(running).toMatchObject({ port, publicUrl: about?.publicUrl });
    expect(await (await early)?.json()).toEqual({ ...about, time: expect.any(String) as string });
    await running.stop();
    await expect(ask(port ?? 0, '/healthz')).rejects.toThrow('fetch failed');
  });

  it('takes another port if another process has taken its own', async () => {
    const other = await listenAhead('127.0.0.1', 0);
    const running = await start(other.port, () => undefined);
    expect(running.port).not.toBe(other.port);
    await running.stop();
    other.abandon();
  });

  it('leaves nothing open if it cannot serve', async () => {
    let port = 0;
    const failing = start(0, (opened) => {
      port = opened.port;
      throw new Error('The console is gone.');
    });
    await expect(failing).rejects.toThrow('The console is gone.');
    await expect(ask(port, '/healthz')).rejects.toThrow('fetch failed');
    await (await start(port, () => undefined)).stop();
  });
});
