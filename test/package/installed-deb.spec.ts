import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, test } from '@playwright/test';

const packages = new URL('../../out/package/', import.meta.url).pathname;

/** A user whom no system has: neither root nor in any group. */
const plainUser = 23_456;

const debFile = () => {
  const name = readdirSync(packages).find((file) => file.endsWith('.deb'));
  if (name === undefined) throw new Error(`No .deb in ${packages}. Run: npm run package`);
  return join(packages, name);
};

test.skip(process.platform !== 'linux', 'A .deb is built on Linux alone.');
test.skip(process.getuid?.() !== 0, "Root is needed to unpack a sandbox helper with root's rights.");

let folder = '';

test.beforeAll(() => {
  // The folder in memory, where other tests leave their files, refuses programs with their owner's rights.
  folder = mkdtempSync('/var/tmp/reset-desk-deb-');
  chmodSync(folder, 0o755);
  execFileSync('dpkg-deb', ['-x', debFile(), folder]);
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('no path in the package has a space, at which Chromium would split it @packaged', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(names).toContain('opt/reset-desk/chrome-sandbox');
  expect(names.filter((name) => /\s/.test(name))).toEqual([]);
});

for (const [title, args] of [
  ['where the kernel chooses the sandbox', []],
  ['where user namespaces are refused', ['--disable-namespace-sandbox']],
] as const) {
  test(`the installed console opens its window for a plain user, ${title} @packaged`, async () => {
    const home = join(folder, `home${args.length}`);
    mkdirSync(home);
    const display = process.env['XAUTHORITY'];
    const authority = join(home, 'xauthority');
    if (display !== undefined) copyFileSync(display, authority);
    for (const path of display === undefined ? [home] : [home, authority])
      chownSync(path, plainUser, plainUser);
    const console = spawn(join(folder, 'opt/reset-desk/reset-desk'), [...args, '--remote-debugging-port=0'], {
      uid: plainUser,
      gid: plainUser,
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        DISPLAY: process.env['DISPLAY'],
        ...(display !== undefined && { XAUTHORITY: authority }),
        HOME: home,
        PATH: process.env['PATH'],
        RESET_DESK_USER_DATA: join(home, 'data'),
      },
    });
    const ended = once(console, 'exit');
    try {
      const browser = await chromium.connectOverCDP(await debuggingAddress(console.stderr));
      const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'));
      if (page === undefined) throw new Error('The console has no window.');
      await expect(page.getByRole('heading').first()).toBeVisible();
      await browser.close();
    } finally {
      console.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });
}

/** The address that Chromium prints; the lines before it are the error where it ends without one. */
async function debuggingAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)$/.exec(line) ?? [];
    if (address !== undefined) {
      stderr.resume();
      return address;
    }
    lines.push(line);
  }
  throw new Error(`The console ended: ${lines.slice(-3).join(' / ')}`);
}
