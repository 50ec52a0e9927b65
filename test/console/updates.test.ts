import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import https from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signFeed } from '../../build/sign-feed.ts';
import { createUpdates } from '../../electron/features/updates/updates.ts';
import { loadHttp } from '../../electron/services/reset-api/load-http.ts';
import { setTimer } from '../../electron/services/timers/timers.ts';
import { downloadUpdate } from '../../electron/services/updates/download-update.ts';
import { replaceAppImage } from '../../electron/services/updates/replace-app-image.ts';
import { createUpdateHttp } from '../../electron/services/reset-api/update-http.ts';
import type { UpdateState } from '../../shared/bridge/update-state.ts';
import type { FeedFile, UpdateFeed } from '../../shared/updates/update-feed.ts';
import { mountSmallDisk } from '../faults/small-disk.ts';
import { makeLoopbackCertificate } from '../fixtures/loopback-certificate.ts';

const keys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const maker = keys();
const newVersion = Buffer.alloc(300_000, 'the new version ');
const oldVersion = 'the old version';

const fileOf = (content: Buffer): FeedFile => ({
  kind: 'appimage',
  arch: 'x64',
  name: 'reset-desk-1.1.0-x64.AppImage',
  bytes: content.length,
  sha512: createHash('sha512').update(content).digest('base64'),
});

const release = (change: Partial<UpdateFeed> = {}): UpdateFeed => ({
  format: 1,
  product: 'Reset Desk',
  channel: 'stable',
  version: '1.1.0',
  released: '2026-11-29T08:00:00.000Z',
  share: 100,
  notes: 'Faster.',
  files: [fileOf(newVersion)],
  ...change,
});

describe('an update of an AppImage from a server with TLS', () => {
  let certificate: Awaited<ReturnType<typeof makeLoopbackCertificate>>;
  let server: https.Server;
  let base: string;
  let folder: string;
  let appImage: string;
  /** What the server has, by path; a function answers the request itself. */
  let files: Map<string, Buffer | RequestListener>;
  const asked: string[] = [];

  beforeAll(async () => {
    certificate = await makeLoopbackCertificate();
    server = https.createServer(certificate, (request, response) => {
      asked.push(request.url ?? '');
      const found = files.get(request.url ?? '');
      if (typeof found === 'function') return found(request, response);
      response.writeHead(found === undefined ? 404 : 200).end(found);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `https://127.0.0.1:${(server.address() as AddressInfo).port}/updates`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-updates-'));
    appImage = join(folder, 'reset-desk.AppImage');
    writeFileSync(appImage, oldVersion, { mode: 0o755 });
    files = new Map();
    asked.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function publish(feed: UpdateFeed = release(), content: Buffer = newVersion, key = maker.privateKey): void {
    const { bytes, signature } = signFeed(feed, key);
    files.set(`/updates/${feed.channel}/feed.json`, bytes);
    files.set(`/updates/${feed.channel}/feed.json.sig`, Buffer.from(`${signature}\n`));
    for (const { name } of feed.files) files.set(`/updates/${feed.channel}/${name}`, content);
  }

  interface Options {
    readonly mode?: UpdateState['mode'];
    readonly channel?: 'stable' | 'beta';
    readonly version?: string;
    readonly newestSeen?: string | null;
    readonly kind?: 'appimage' | null;
    readonly isBusy?: boolean;
    readonly trusted?: boolean;
    readonly url?: string | null;
    readonly downloads?: string;
    readonly freeBytes?: number;
    readonly publicKey?: string;
  }

  /** The updates of a console of version 1.0.0 that runs from the AppImage. */
  function updatesOf(options: Options = {}) {
    const { trusted = true, url = base, downloads = join(folder, 'downloads'), freeBytes } = options;
    const seen: string[] = [];
    const states: string[] = [];
    const lines: string[] = [];
    let restarts = 0;
    const trust = () => (trusted ? tls.createSecureContext({ ca: [certificate.cert] }) : undefined);
    const http = createUpdateHttp(() => loadHttp(trust), setTimer);
    const updates = createUpdates({
      mode: options.mode ?? 'automatic',
      channel: options.channel ?? 'stable',
      feedUrl: () => url,
      publicKey: options.publicKey ?? maker.publicKey,
      version: options.version ?? '1.0.0',
      installation: '5b1f2c7e-0000-4000-8000-000000000000',
      kind: options.kind === undefined ? 'appimage' : options.kind,
      arch: 'x64',
      newestSeen: {
        read: () => seen.at(-1) ?? options.newestSeen ?? null,
        write: (version) => void seen.push(version),
      },
      http,
      download: (address, file) =>
        downloadUpdate({
          url: address,
          file,
          folder: downloads,
          open: http.openLarge,
          setTimer,
          ...(freeBytes !== undefined && { freeBytes: async () => freeBytes }),
        }),
      prepare: ({ path, file }) => replaceAppImage(appImage, path, file),
      restart: () => void (restarts += 1),
      isBusy: () => options.isBusy ?? false,
      onChange: ({ stage }) => void states.push(stage),
      log: {
        info: (message) => void lines.push(message),
        warn: (message, facts) => void lines.push(`${message} ${JSON.stringify(facts)}`),
        unexpected: (message) => message,
      },
    });
    return { updates, seen, states, lines, restarts: () => restarts };
  }

  const isOld = () => expect(readFileSync(appImage, 'utf8')).toBe(oldVersion);
  /** The AppImage is the old version, and nothing is left of a download. */
  const isUntouched = () => {
    isOld();
    expect(readdirSync(folder)).toEqual(['reset-desk.AppImage']);
  };

  it('replaces the program, says what is new, and starts it when the operator restarts', async () => {
    publish();
    const { updates, states, seen, restarts } = updatesOf();
    expect(await updates.check()).toMatchObject({
      stage: 'ready',
      version: '1.1.0',
      notes: 'Faster.',
      failure: null,
    });
    expect(states).toEqual(['checking', 'available', 'downloading', 'ready']);
    expect(readFileSync(appImage).equals(newVersion)).toBe(true);
    expect(seen).toEqual(['1.1.0']);
    expect(restarts()).toBe(0);
    updates.restart();
    expect(restarts()).toBe(1);
    // Once prepared, the feed is no longer asked.
    asked.length = 0;
    await updates.check();
    expect(asked).toEqual([]);
  });

  it('is only told of where the organisation wants to be told, until the operator asks for it', async () => {
    publish();
    const { updates } = updatesOf({ mode: 'notify' });
    expect(await updates.check()).toMatchObject({ stage: 'available', replacesItself: true });
    isUntouched();
    expect(asked.toSorted()).toEqual(['/updates/stable/feed.json', '/updates/stable/feed.json.sig']);
    expect(await updates.fetch()).toMatchObject({ stage: 'ready' });
    expect(readFileSync(appImage).equals(newVersion)).toBe(true);
  });

  it('is left to the package manager in a package that has one', async () => {
    publish();
    const { updates } = updatesOf({ kind: null });
    expect(await updates.check()).toMatchObject({ stage: 'available', replacesItself: false });
    expect(await updates.fetch()).toMatchObject({ stage: 'available' });
    isUntouched();
  });

  it('is not looked for where updates are off, no server is named, or the build has no key', async () => {
    publish();
    expect(await updatesOf({ mode: 'off' }).updates.check()).toMatchObject({ stage: 'unchecked' });
    expect(await updatesOf({ url: null }).updates.check()).toMatchObject({ stage: 'no-feed' });
    expect(await updatesOf({ publicKey: '' }).updates.check()).toMatchObject({ stage: 'no-feed' });
    expect(asked).toEqual([]);
  });

  it('does not restart in the middle of a case', async () => {
    publish();
    const { updates, restarts } = updatesOf({ isBusy: true });
    await updates.check();
    expect(() => updates.restart()).toThrow('update.busy');
    expect(restarts()).toBe(0);
  });

  it('is offered to the share of the installations that the feed names', async () => {
    publish(release({ share: 0 }));
    expect(await updatesOf().updates.check()).toMatchObject({ stage: 'current', version: null });
    isUntouched();
  });

  it.each(['1.0.0', '1.1.0-beta.3', '0.9.9'])(
    'is none if the feed names %s, and this is 1.1.0',
    async (version) => {
      publish(release({ version, files: [] }));
      expect(await updatesOf({ version: '1.1.0' }).updates.check()).toMatchObject({ stage: 'current' });
      isUntouched();
    },
  );

  it.each<[string, () => Options | undefined, string]>([
    [
      'another key has signed the feed',
      () => {
        publish(release(), newVersion, keys().privateKey);
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the feed was changed after it was signed',
      () => {
        publish();
        const path = '/updates/stable/feed.json';
        files.set(path, Buffer.from(String(files.get(path)).replace('1.1.0', '1.2.0')));
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the signature is missing',
      () => {
        publish();
        files.set('/updates/stable/feed.json.sig', Buffer.from(''));
        return {};
      },
      'update.signature-wrong',
    ],
    [
      'the feed is older than one that was seen before',
      () => {
        publish();
        return { newestSeen: '1.2.0' };
      },
      'update.older',
    ],
    [
      'the feed of another channel was put in its place',
      () => {
        publish(release({ channel: 'beta' }));
        for (const name of ['feed.json', 'feed.json.sig'])
          files.set(`/updates/stable/${name}`, files.get(`/updates/beta/${name}`) as Buffer);
        return {};
      },
      'update.feed-invalid',
    ],
    [
      'the package has another sum',
      () => {
        publish(release(), Buffer.from(newVersion).fill('x', 0, 1));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is longer than announced',
      () => {
        publish(release(), Buffer.concat([newVersion, newVersion]));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is shorter than announced',
      () => {
        publish(release(), newVersion.subarray(1));
        return {};
      },
      'update.sum-wrong',
    ],
    [
      'the package is missing',
      () => {
        publish();
        files.delete('/updates/stable/reset-desk-1.1.0-x64.AppImage');
        return {};
      },
      'update.unreachable',
    ],
    [
      'the server breaks off in the middle of the package',
      () => {
        publish();
        files.set('/updates/stable/reset-desk-1.1.0-x64.AppImage', (_request, response) => {
          response.writeHead(200, { 'Content-Length': newVersion.length });
          response.write(newVersion.subarray(0, 1000), () => response.destroy());
        });
        return {};
      },
      'update.unreachable',
    ],
    [
      'the server sends it elsewhere',
      () => {
        publish();
        files.set('/updates/stable/feed.json', (_request, response) => {
          response.writeHead(302, { Location: `${base}/stable/feed.json.sig` }).end();
        });
        return {};
      },
      'update.unreachable',
    ],
    ['the server has no feed', () => ({}), 'update.unreachable'],
    [
      'the feed is huge',
      () => {
        publish();
        files.set('/updates/stable/feed.json', Buffer.alloc(300 * 1024));
        return {};
      },
      'update.unreachable',
    ],
    ['nothing listens', () => ({ url: 'https://127.0.0.1:1' }), 'update.unreachable'],
    ['its certificate is not trusted', () => (publish(), { trusted: false }), 'update.unreachable'],
    ['it is not encrypted', () => (publish(), { url: base.replace('https', 'http') }), 'update.unreachable'],
    ['the drive is nearly full', () => (publish(), { freeBytes: newVersion.length }), 'update.disk-full'],
  ])('is refused, and the old version stays, if %s', async (_why, arrange, code) => {
    const { updates, lines, restarts } = updatesOf(arrange());
    expect(await updates.check()).toMatchObject({ stage: 'failed', failure: { code } });
    isUntouched();
    expect(lines.join()).toContain(code);
    updates.restart();
    expect(restarts()).toBe(0);
  });

  it('is refused, and the old version stays, if the drive fills up while it is written', async (context) => {
    const disk = mountSmallDisk(1);
    if (disk === null) return context.skip();
    try {
      publish();
      disk.fill();
      const downloads = join(disk.folder, 'downloads');
      const { updates } = updatesOf({ downloads, freeBytes: 1024 ** 3 });
      expect(await updates.check()).toMatchObject({ stage: 'failed', failure: { code: 'update.disk-full' } });
      isOld();
      expect(existsSync(downloads)).toBe(false);
      disk.makeRoom();
      expect(await updates.check()).toMatchObject({ stage: 'ready' });
    } finally {
      disk.remove();
    }
  });

  it('is refused, and the old version stays, if its folder cannot be written or the download was changed', async () => {
    const downloaded = join(folder, 'downloaded');
    writeFileSync(downloaded, newVersion);
    await expect(
      replaceAppImage(join(folder, 'missing', 'x.AppImage'), downloaded, fileOf(newVersion)),
    ).rejects.toThrow('update.unwritable');
    writeFileSync(downloaded, 'something else');
    await expect(replaceAppImage(appImage, downloaded, fileOf(newVersion))).rejects.toThrow(
      'update.sum-wrong',
    );
    isOld();
    expect(existsSync(`${appImage}.new`)).toBe(false);
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o500);
    await expect(replaceAppImage(appImage, downloaded, fileOf(newVersion))).rejects.toThrow(
      'update.unwritable',
    );
    chmodSync(folder, 0o700);
  });
});
