import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import { callerAt } from '../e2e/caller.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { attach, debuggingSwitch } from './console-by-debugger.ts';
import { packageFile } from './packages.ts';
import { plainUser } from './throwaway-root.ts';

test.skip(process.platform !== 'linux', 'A .deb is built on Linux alone.');
test.skip(process.getuid?.() !== 0, "Root is needed to unpack a sandbox helper with root's rights.");

// Unpacks 300 MB, and drives the console through the whole main job.
test.describe.configure({ timeout: 180_000 });

let folder = '';

test.beforeAll(() => {
  // The folder in memory, where other tests put their files, refuses setuid programs.
  folder = mkdtempSync('/var/tmp/reset-desk-deb-');
  chmodSync(folder, 0o755);
  execFileSync('dpkg-deb', ['-x', packageFile('.deb'), folder]);
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
  test(`a plain user resets a password with the installed console, ${title} @packaged`, async () => {
    const home = join(folder, `home${args.length}`);
    mkdirSync(home);
    const display = process.env['XAUTHORITY'];
    const authority = join(home, 'xauthority');
    if (display !== undefined) copyFileSync(display, authority);
    for (const path of display === undefined ? [home] : [home, authority])
      chownSync(path, plainUser, plainUser);
    const mailSink = await startMailSink();
    const console = spawn(join(folder, 'opt/reset-desk/reset-desk'), [...args, debuggingSwitch], {
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
        RESET_DESK_SMTP_URL: mailSink.url,
      },
    });
    const ended = once(console, 'exit');
    try {
      const { browser, window } = await attach(console);
      await resetByEmailedCode(window, mailSink);
      await browser.close();
    } finally {
      console.kill('SIGTERM');
      await mailSink.stop();
    }
    expect(await ended).toEqual([0, null]);
  });
}

/** The main job: accounts, a case, the caller's code, and a temporary password with which the caller then signs in. */
async function resetByEmailedCode(window: Page, mailSink: MailSink): Promise<void> {
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  await view.resetPassword.click();
  await view.confirm();
  const handover = new Handover(window);
  await expect(handover.hidden).toBeVisible();
  await window.keyboard.down('Space');
  const temporary = (await handover.shown.innerText()).replaceAll(/\s/g, '');
  await window.keyboard.up('Space');
  const caller = await callerAt(window);
  expect((await caller.signIn('m.okafor', temporary)).to).toBe('/change-password');
}
