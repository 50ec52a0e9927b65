import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFeed } from '../../electron/services/updates/verify-feed.ts';
import { writeFeed } from '../../build/sign-feed.ts';

const keys = generateKeyPairSync('ed25519');
const pem = (type: 'pkcs8' | 'spki') =>
  type === 'pkcs8'
    ? keys.privateKey.export({ type, format: 'pem' }).toString()
    : keys.publicKey.export({ type, format: 'pem' }).toString();

describe('the publisher of an update', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-feed-'));
    writeFileSync(join(folder, 'notes.txt'), 'Faster search.');
    writeFileSync(join(folder, 'console.AppImage'), 'package');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const args = (change: Readonly<Record<string, string>> = {}) =>
    Object.entries({ channel: 'stable', notes: join(folder, 'notes.txt'), out: folder, ...change }).map(
      ([name, value]) => `--${name}=${value}`,
    );

  it('gets a feed that consoles accept', async () => {
    await writeFeed([...args(), `appimage:x64:${join(folder, 'console.AppImage')}`], pem('pkcs8'), '1.2.3');
    const read = (name: string) => readFileSync(join(folder, name));
    const feed = verifyFeed(read('feed.json'), read('feed.json.sig').toString(), pem('spki'));
    expect(feed).toMatchObject({ version: '1.2.3', channel: 'stable', files: [{ bytes: 7 }] });
  });

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['an unknown channel', { channel: 'nightly' }, '', /"stable"\|"beta".*at channel/s],
    ['a share above 100', { share: '101' }, '', /<=100.*at share/s],
    ['an empty share', { share: '' }, '', /at share/],
    ['a package that is gone', {}, 'appimage:x64:/gone.AppImage', /there is no file \/gone\.AppImage/],
    ['an unknown kind of package', {}, `rpm:x64:${import.meta.filename}`, /at kind/],
  ])('is told of %s, and nothing is written', async (_what, change, file, message) => {
    const files = file === '' ? [] : [file];
    await expect(writeFeed([...args(change), ...files], pem('pkcs8'))).rejects.toThrow(message);
    expect(readdirSync(folder)).not.toContain('feed.json');
  });

  it('is told of a key that signs nothing', async () => {
    await expect(writeFeed(args(), 'key', '1.2.3')).rejects.toThrow('not an Ed25519 private key');
    await expect(writeFeed(args(), undefined)).rejects.toThrow('RESET_DESK_UPDATE_KEY is the private key');
  });

  it('cannot offer a trial version to the consoles of the stable channel', async () => {
    await expect(writeFeed(args(), pem('pkcs8'), '1.2.3-beta.1')).rejects.toThrow('--channel=beta');
    await writeFeed(args({ channel: 'beta' }), pem('pkcs8'), '1.2.3-beta.1');
  });
});
