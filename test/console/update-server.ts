import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { signFeed } from '../../build/sign-feed.ts';
import type { SeenFeed } from '../../electron/features/updates/judge-feed.ts';
import { createUpdates } from '../../electron/features/updates/updates.ts';
import { loadHttp } from '../../electron/services/reset-api/load-http.ts';
import { setTimer } from '../../electron/services/timers/timers.ts';
import { downloadUpdate } from '../../electron/services/updates/download-update.ts';
import { replaceAppImage } from '../../electron/services/updates/replace-app-image.ts';
import { createUpdateHttp } from '../../electron/services/reset-api/update-http.ts';
import type { UpdateState } from '../../shared/bridge/update-state.ts';
import type { FeedFile, UpdateFeed } from '../../shared/updates/update-feed.ts';
import { makeLoopbackCertificate } from '../fixtures/loopback-certificate.ts';

export const keys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const maker = keys();
export const newVersion = Buffer.alloc(300_000, 'the new version ');
const oldVersion = 'the old version';

export const fileOf = (content: Buffer): FeedFile => ({
  kind: 'appimage',
  arch: 'x64',
  name: 'reset-desk-1.1.0-x64.AppImage',
  bytes: content.length,
  sha512: createHash('sha512').update(content).digest('base64'),
});

export const release = (change: Partial<UpdateFeed> = {}): UpdateFeed => ({
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

export interface UpdateOptions {
  readonly mode?: UpdateState['mode'];
  readonly channel?: 'stable' | 'beta';
  readonly version?: string;
  readonly newestSeen?: SeenFeed;
  readonly kind?: 'appimage' | null;
  readonly isBusy?: () => Promise<boolean>;
  readonly trusted?: boolean;
  readonly url?: string | null;
  readonly downloads?: string;
  readonly freeBytes?: number;
  readonly publicKey?: string;
}

interface UpdatePlaces {
  /** The address of the feed without its channel. */
  base: string;
  /** A temporary folder with the AppImage. */
  folder: string;
  appImage: string;
  /** The content that the server has, by path; a function answers the request itself. */
  files: Map<string, Buffer | RequestListener>;
}

/** Runs a TLS server of updates, and gives each test a folder with an AppImage of the old version. */
export function useUpdateServer() {
  let certificate: Awaited<ReturnType<typeof makeLoopbackCertificate>>;
  let server: https.Server;
  const at: UpdatePlaces = { base: '', folder: '', appImage: '', files: new Map() };
  const asked: string[] = [];

  beforeAll(async () => {
    certificate = await makeLoopbackCertificate();
    server = https.createServer(certificate, (request, response) => {
      asked.push(request.url ?? '');
      const found = at.files.get(request.url ?? '');
      if (typeof found === 'function') return found(request, response);
      response.writeHead(found === undefined ? 404 : 200).end(found);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at.base = `https://127.0.0.1:${(server.address() as AddressInfo).port}/updates`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    at.folder = mkdtempSync(join(tmpdir(), 'reset-desk-updates-'));
    at.appImage = join(at.folder, 'reset-desk.AppImage');
    writeFileSync(at.appImage, oldVersion, { mode: 0o755 });
    at.files = new Map();
    asked.length = 0;
  });
  afterEach(() => {
    rmSync(at.folder, { recursive: true, force: true });
  });

  function publish(feed: UpdateFeed = release(), content: Buffer = newVersion, key = maker.privateKey): void {
    const { bytes, signature } = signFeed(feed, key);
    at.files.set(`/updates/${feed.channel}/feed.json`, bytes);
    at.files.set(`/updates/${feed.channel}/feed.json.sig`, Buffer.from(`${signature}\n`));
    for (const { name } of feed.files) at.files.set(`/updates/${feed.channel}/${name}`, content);
  }

  /** The updates of a console of version 1.0.0 that runs from the AppImage. */
  function updatesOf(options: UpdateOptions = {}) {
    const { trusted = true, url = at.base, downloads = join(at.folder, 'downloads'), freeBytes } = options;
    const seen: SeenFeed[] = [];
    const states: string[] = [];
    const lines: string[] = [];
    const offered: string[] = [];
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
        write: ({ version, released }) => void seen.push({ version, released }),
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
      prepare: ({ path, file }) => replaceAppImage(at.appImage, path, file),
      restart: () => void (restarts += 1),
      isBusy: options.isBusy ?? (async () => false),
      onFree: (free) => void offered.push(free),
      onChange: ({ stage }) => void states.push(stage),
      log: {
        info: (message) => void lines.push(message),
        warn: (message, facts) => void lines.push(`${message} ${JSON.stringify(facts)}`),
        unexpected: (message) => message,
      },
    });
    return { updates, seen, states, lines, offered, restarts: () => restarts };
  }

  const isOld = () => expect(readFileSync(at.appImage, 'utf8')).toBe(oldVersion);
  /** The AppImage is the old version, and nothing is left of a download. */
  const isUntouched = () => {
    isOld();
    expect(readdirSync(at.folder)).toEqual(['reset-desk.AppImage']);
  };

  return { at, asked, publish, updatesOf, isOld, isUntouched };
}
