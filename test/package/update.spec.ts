import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { product } from '../../build/packages/identity.ts';
import { signFeed } from '../../build/sign-feed.ts';
import { makeUpdateKey, updateKeyFile } from '../../build/test-update-key.ts';
import { failureTexts } from '../../renderer/texts/en/failures.ts';
import type { UpdateFeed } from '../../shared/updates/update-feed.ts';
import { makeLoopbackCertificate } from '../fixtures/loopback-certificate.ts';
import { administrator, Entrance } from '../screens/entrance.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';
import { attach, attachTo, debuggingSwitch } from './console-by-debugger.ts';
import { writeOtherAppImage } from './other-app-image.ts';
import { missingPrograms, packageFile } from './packages.ts';
import { homeOf, plainUser, startThrowawayRoot, type ThrowawayRoot } from './throwaway-root.ts';

const keyFile = fileURLToPath(new URL(`../../out/test/${updateKeyFile}`, import.meta.url));
const newVersion = product.version.replace(/\d$/, (last) => String((Number(last) + 1) % 10));

test.skip(process.platform !== 'linux', 'An AppImage is built on Linux alone.');
test.skip(!existsSync(keyFile), 'The package must trust the key of a test run: npm test makes both.');
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** The certificate of the update server, which signs itself. */
const authority = '/etc/ssl/certs/updates.pem';

let root: ThrowawayRoot;
let refusal = missingPrograms('fusermount3', 'mksquashfs', 'unsquashfs');
let folder: string;
let oldImage: Buffer;
let newImage: Buffer;
let server: https.Server;
/** What the update server has, by path. */
const files = new Map<string, Buffer>();

test.beforeAll(async () => {
  if (refusal !== '') return;
  const started = await startThrowawayRoot();
  if ('refused' in started) {
    refusal = started.refused;
    return;
  }
  root = started;
  folder = mkdtempSync('/var/tmp/reset-desk-update-');
  const images = await Promise.all(
    [product.version, newVersion].map(async (to) => {
      const file = join(folder, `${to}.AppImage`);
      await writeOtherAppImage(packageFile('.AppImage'), { from: product.version, to, file });
      return readFileSync(file);
    }),
  );
  [oldImage = Buffer.of(), newImage = Buffer.of()] = images;
  const certificate = await makeLoopbackCertificate();
  server = https.createServer(certificate, ({ url = '' }, response) => {
    const found = files.get(url);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  root.write(authority, certificate.cert);
  const policy = {
    UpdateMode: 'automatic',
    UpdateFeedUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  await root.run(['mkdir', '-p', '/etc/reset-desk']);
  root.write('/etc/reset-desk/policy.json', JSON.stringify(policy));
});

test.beforeEach(() => {
  test.skip(refusal !== '', refusal);
});

test.afterAll(async () => {
  if (refusal !== '') return;
  // A console that another one started is no child of this test.
  await root.run([
    'sh',
    '-c',
    'kill $(grep -lsz "^APPIMAGE=.*/update-home/" /proc/[0-9]*/environ | cut -d/ -f3)',
  ]);
  server.closeAllConnections();
  server.close();
  root.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sumOf = (content: Buffer): string => createHash('sha512').update(content).digest('base64');

/** Puts a release on the update server. */
function publish({
  content = newImage,
  version = newVersion,
  sum = sumOf(content),
  key = readFileSync(keyFile, 'utf8'),
}: {
  readonly content?: Buffer;
  readonly version?: string;
  readonly sum?: string;
  readonly key?: string;
} = {}): void {
  const name = `reset-desk-${version}-x64.AppImage`;
  const feed: UpdateFeed = {
    format: 1,
    product: 'Reset Desk',
    channel: 'stable',
    version,
    released: '2026-11-29T08:00:00.000Z',
    share: 100,
    notes: 'Searches faster.',
    files: [{ kind: 'appimage', arch: 'x64', name, bytes: content.length, sha512: sum }],
  };
  const { bytes, signature } = signFeed(feed, key);
  files.set('/stable/feed.json', bytes);
  files.set('/stable/feed.json.sig', Buffer.from(signature));
  files.set(`/stable/${name}`, content);
}

/** Another key than the one that the package trusts. */
function anotherKey(): string {
  makeUpdateKey(folder);
  return readFileSync(join(folder, updateKeyFile), 'utf8');
}

const faults = [
  ['the feed is signed with another key', 'update.signature-wrong', () => publish({ key: anotherKey() })],
  [
    'the package is not the announced one',
    'update.sum-wrong',
    () => publish({ sum: sumOf(Buffer.from('other')) }),
  ],
  [
    'the server has no package',
    'update.unreachable',
    () => (publish(), files.delete(`/stable/reset-desk-${newVersion}-x64.AppImage`)),
  ],
  ['the server has nothing', 'update.unreachable', () => files.clear()],
] as const;

test('an AppImage refuses wrong updates before it replaces itself by the right one with its data @packaged', async () => {
  const { HOME: home = '', RESET_DESK_USER_DATA: data = '', ...more } = await homeOf(root, 'update-home');
  const env = { ...more, HOME: home, RESET_DESK_USER_DATA: data, NODE_EXTRA_CA_CERTS: authority };
  const image = `${home}/console.AppImage`;
  root.write(image, oldImage);
  await root.run(['chmod', '755', image]);
  await root.run(['chown', String(plainUser), image]);
  await root.run(['mkdir', data]);
  const options = (size: string) => `size=${size},mode=700,uid=${plainUser},gid=${plainUser}`;
  await root.run(['mount', '-t', 'tmpfs', '-o', options('1G'), 'data', data]);
  const sum = async () => (await root.run(['sha512sum', image])).out.split(' ')[0];
  const oldSum = await sum();

  const console = root.start([image, debuggingSwitch], { uid: plainUser, env });
  const { window } = await attach(console);
  await expect(new Entrance(window).useThisComputer).toBeVisible({ timeout: 60_000 });
  await new Entrance(window).setUpThisComputer();
  const updates = await openUpdates(window);

  const isRefused = async (what: string, code: string, prepare: () => unknown) =>
    test.step(what, async () => {
      await prepare();
      await updates.check.click();
      await expect(updates.failure).toContainText(messageOf(code));
      expect(await sum()).toBe(oldSum);
    });
  for (const [what, code, prepare] of faults) await isRefused(what, code, prepare);
  await isRefused('the drive has less than twice the size', 'update.disk-full', async () => {
    publish();
    await root.run(['mount', '-o', `remount,${options('200M')}`, data]);
  });

  await root.run(['mount', '-o', `remount,${options('1G')}`, data]);
  await updates.check.click();
  await expect(updates.restart).toBeVisible({ timeout: 60_000 });
  expect(await sum()).not.toBe(oldSum);

  // The old version starts the new one, with the same switches but without its standard error: Chromium leaves its address in a file as well.
  const address = async () => (await root.run(['cat', `${data}/DevToolsActivePort`])).out.split('\n');
  const [oldPort] = await address();
  await updates.restart.click();
  await expect.poll(async () => (await address())[0], { timeout: 60_000 }).not.toBe(oldPort);
  await expect.poll(async () => (await address()).length, { timeout: 60_000 }).toBeGreaterThan(1);
  const [port, path] = await address();
  const { browser, window: next } = await attachTo(`ws://127.0.0.1:${port}${path}`);
  await expect(new Entrance(next).signInForm).toBeVisible({ timeout: 60_000 });
  await new Entrance(next).signIn(administrator.password);
  const later = await openUpdates(next);
  await expect(next.getByTestId('settings-updates-installed')).toContainText(newVersion);
  files.clear();
  publish({ version: product.version });
  await later.check.click();
  await expect(later.failure).toContainText(messageOf('update.older'));
  await browser.close();
});

/** What the console says about a failed update. */
const messageOf = (code: string): string => {
  const codes: Readonly<Record<string, string>> = failureTexts.codes;
  return codes[code.replace('.', '_')] ?? '';
};

async function openUpdates(window: Page) {
  const settings = new SettingsScreen(window);
  await settings.open('settings.updates.title');
  const section = settings.section('updates');
  return {
    check: section.getByTestId('settings-updates-check'),
    restart: section.getByTestId('settings-updates-restart'),
    failure: section.getByRole('alert'),
  };
}
