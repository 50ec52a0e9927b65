import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeFor } from '../backend/desk-call.ts';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';

/** The clipboard and, on Linux, the selection, which a middle click pastes. */
const readClipboards = (app: ElectronApplication) =>
  app.evaluate(async ({ clipboard }) => {
    // Electron 33 takes the selection as an argument instead.
    const oldRead = clipboard.readText as unknown as (type: 'selection') => string;
    const readSelection = () =>
      'selection' in clipboard ? clipboard.selection.readText() : oldRead('selection');
    return {
      clipboard: await clipboard.readText(),
      selection: process.platform === 'linux' ? await readSelection() : '',
    };
  });

test('the lock hides a shown password until the console is unlocked', async ({
  launchConsole,
  mailSink,
  userData,
}) => {
  const { app, window } = await launchConsole();
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
  await handover.hidden.waitFor();
  await new Handover(window).keepShown.click();
  const shown = new Handover(window).shown;
  await expect(shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  const password = (await shown.textContent()) ?? '';
  await handover.copy.click();
  await expect.poll(() => readClipboards(app)).toEqual({ clipboard: password, selection: '' });
  await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()
      ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      .find(({ label }) => label === 'Lock')
      ?.click();
  });
  await expect(new Lock(window).unlock).toBeVisible();
  await expect(window.locator('body')).not.toContainText(password);
  await expect.poll(() => readClipboards(app)).toEqual({ clipboard: '', selection: '' });
  await new Lock(window).password.fill(administrator.password);
  await new Lock(window).unlock.click();
  await expect(handover.hidden).toBeVisible();
  await new Handover(window).keepShown.click();
  await expect(shown).toHaveText(password);
  await handover.done.click();
  await app.close();
  const files = await readdir(userData, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const content = await readFile(join(file.parentPath, file.name));
    expect(content.includes(password), join(file.parentPath, file.name)).toBe(false);
  }
});
