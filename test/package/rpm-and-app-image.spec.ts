import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { product } from '../../build/packages/identity.ts';
import { attach, debuggingSwitch } from './console-by-debugger.ts';
import { missingPrograms, packageFile } from './packages.ts';
import { homeOf, plainUser, startThrowawayRoot, type ThrowawayRoot } from './throwaway-root.ts';

test.skip(process.platform !== 'linux', 'These packages are built on Linux alone.');
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let root: ThrowawayRoot;
let refusal = '';

test.beforeAll(async () => {
  const started = await startThrowawayRoot();
  if ('refused' in started) refusal = started.refused;
  else root = started;
});

test.beforeEach(() => {
  test.skip(refusal !== '', refusal);
});

test.afterAll(() => {
  if (refusal === '') root.stop();
});

/** Starts a console as a plain user, waits for its first screen and ends it; returns the executable of its process. */
async function startAsPlainUser(command: string, name: string): Promise<string> {
  const console = root.start([command, debuggingSwitch], { uid: plainUser, env: await homeOf(root, name) });
  const ended = once(console, 'exit');
  let executable = '';
  try {
    const { browser, window } = await attach(console);
    // A first start reads 300 MB from an image that is in no cache.
    await expect(window.getByTestId('choose-server-here')).toBeVisible({ timeout: 60_000 });
    executable = readlinkSync(`/proc/${console.pid}/exe`);
    await browser.close();
  } finally {
    console.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
  return executable;
}

test('the .rpm is uninstalled without a trace after it was used by a plain user @packaged', async () => {
  const missing = missingPrograms('rpm');
  test.skip(missing !== '', missing);
  const file = packageFile('.rpm');
  // rpm on Debian does not know the packages that it requires.
  expect(await root.run(['rpm', '--install', '--nodeps', file])).toMatchObject({ code: 0 });
  expect((await root.run(['getent', 'passwd', product.linux.service.user])).code).toBe(0);
  // It verifies size, sum, mode and owner of every file.
  expect(await root.run(['rpm', '--verify', '--nodeps', product.id])).toMatchObject({ code: 0, out: '' });
  await startAsPlainUser('/usr/bin/reset-desk', 'rpm-home');
  expect((await root.run(['/usr/bin/reset-desk-backend', '--help'])).out).toContain('audit verify');
  const { out } = await root.run(['rpm', '-ql', product.id]);
  expect(await root.run(['rpm', '--erase', product.id])).toMatchObject({ code: 0 });
  const own = out.split('\n').filter((path) => path.includes('reset-desk'));
  expect((await root.run(['ls', '-d', ...own])).out).toBe('');
});

test('the AppImage starts for a plain user from the file itself, mounted by FUSE @packaged', async () => {
  const missing = missingPrograms('fusermount3');
  test.skip(missing !== '', missing);
  const file = packageFile('.AppImage');
  const { HOME: home = '' } = await homeOf(root, 'app-image');
  await root.run(['install', '-m', '755', file, `${home}/console.AppImage`]);
  await root.run(['chown', '-R', `${plainUser}:${plainUser}`, home]);
  const executable = await startAsPlainUser(`${home}/console.AppImage`, 'app-image-home');
  expect(executable).toMatch(/^\/tmp\/\.mount_[^/]+\/reset-desk$/);
});

test('the AppImage says what to do where user namespaces are refused @packaged', async () => {
  const { HOME: home = '' } = await homeOf(root, 'extracted');
  // Needs no FUSE.
  const image = `${home}/console.AppImage`;
  expect(await root.run(['install', '-m', '755', packageFile('.AppImage'), image])).toMatchObject({
    code: 0,
  });
  const command = `cd ${home} && ${image} --appimage-extract AppRun`;
  expect(await root.run(['sh', '-c', command], { uid: plainUser })).toMatchObject({ code: 0 });
  root.write('/usr/local/bin/unshare', '#!/bin/sh\nexit 1\n');
  await root.run(['chmod', '755', '/usr/local/bin/unshare']);
  const { code, err } = await root.run([`${home}/squashfs-root/AppRun`], { uid: plainUser });
  expect(code).toBe(1);
  expect(err).toContain('Reset Desk cannot start its sandbox: this computer refuses user namespaces');
});
