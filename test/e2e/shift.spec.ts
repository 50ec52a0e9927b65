import type { Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { expect, test } from '../fixtures/console.ts';
import { startKeyring } from '../fixtures/keyring.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { openVerifiedCase } from './verified-case.ts';

const marlene = 'marlene.okafor@example.com';
const note = 'Knew the order number 4711';

/** Records the texts of live regions from now on, as a screen reader would read them. */
const listen = (window: Page) =>
  window.evaluate(() => {
    const heard: string[] = [];
    (globalThis as { heard?: string[] }).heard = heard;
    const live = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest(
        '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer]',
      );
    new MutationObserver((changes) => {
      for (const region of new Set(changes.map(({ target }) => live(target))))
        if (region?.textContent) heard.push(region.textContent);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
const heardIn = (window: Page) => window.evaluate(() => (globalThis as { heard?: string[] }).heard ?? []);

test('a screen reader hears only the verdicts of a case', async ({ launchConsole, mailSink }) => {
  test.slow();
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await listen(window);
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  const code = await codeFor(mailSink, marlene);
  await view.readBack(code === '000000' ? '000001' : '000000');
  await expect
    .poll(() => heardIn(window))
    .toContainEqual(expect.stringContaining('The code was wrong. 2 tries left.'));
  await view.readBack(code);
  await expect
    .poll(() => heardIn(window))
    .toContainEqual(expect.stringMatching(/passed .*60 of 60 points .*Enough to reset/u));
  await view.resetPassword.click();
  await view.confirm();
  await new Handover(window).copy.click();
  await expect.poll(() => heardIn(window)).toContainEqual(expect.stringContaining('Copied'));
  const heard = await heardIn(window);
  expect(heard.join('\n')).toContain('Password reset');
  // No clock has changed a live region, although several run on the screen.
  expect(heard.filter((text) => /\d:\d\d/u.test(text))).toEqual([]);
});

test('a password can be read at 400 % zoom', async ({ launchConsole, mailSink }) => {
  test.slow();
  const { app, window } = await launchConsole();
  const view = await openVerifiedCase(window, mailSink);
  await view.resetPassword.click();
  await view.confirm();
  await new Handover(window).keepShown.click();
  await new Handover(window).shown.waitFor();
  // 320×256 CSS pixels, the smallest window of WCAG 1.4.10.
  await app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    own?.setContentSize(1280, 1024);
    own?.webContents.setZoomFactor(4);
  });
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThanOrEqual(340);
  for (const part of [new Handover(window).currentTile, new Handover(window).done, new Desk(window).search]) {
    await part.scrollIntoViewIfNeeded();
    await expect(part).toBeInViewport({ ratio: 0.5 });
  }
  const tooWide = await window.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('#root, .content, .case-columns > *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className || element.tagName),
  );
  expect(tooWide).toEqual([]);
});

test('a call-back keeps its typed note through a lock, another caller and a restart', async ({
  launchConsole,
}) => {
  test.slow();
  const keyring = await startKeyring();
  try {
    const before = await launchConsole(keyring.environment);
    await new Entrance(before.window).setUpThisComputer();
    await new Desk(before.window).importSamples();
    await before.app.close();
    const first = await launchConsole(keyring.environment);
    // The sign-in is remembered, so that the session continues after a restart.
    await new Entrance(first.window).signIn();
    const desk = new Desk(first.window);
    await desk.open('m.okafor');
    const view = new CaseScreen(first.window);
    await view.start('call-back').click();
    await view.callNote.fill(note);

    await new Rail(first.window).lock();
    await new Lock(first.window).password.fill(administrator.password);
    await new Lock(first.window).unlock.click();
    await view.start('call-back').click();
    await expect(view.callNote).toHaveValue(note);

    await desk.open('c.celik7');
    await expect(view.account).not.toContainText('Marlene Okafor');
    await expect(view.tab('m.okafor')).toContainText('Call-back');
    await first.window.keyboard.press('Control+1');
    await expect(view.account).toContainText('Marlene Okafor');
    await view.start('call-back').click();
    await expect(view.callNote).toHaveValue(note);
    await first.app.close();

    const second = await launchConsole(keyring.environment);
    await new CaseScreen(second.window).tab('m.okafor').click();
    const again = new CaseScreen(second.window);
    await again.start('call-back').click();
    await expect(again.callNote).toHaveValue(note);
    await expect(again.timeline).toContainText('number shown again');
    await expect(again.timeline).not.toContainText('expired');
    await again.callConfirmed.click();
    await expect(again.points(40)).toBeVisible();
    await second.app.close();
  } finally {
    await keyring.stop();
  }
});
