import type { ElectronApplication, Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';
import { openVerifiedCase } from './verified-case.ts';

const marlene = 'marlene.okafor@example.com';
/** A word of the maximum length: seven letters, including wide ones. */
const longest = 'mammoth';

test('a password is walked by arrow keys one tile at a time', async ({
  launchConsole,
  mailSink,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const view = await openVerifiedCase(window, mailSink);
  await view.resetPassword.click();
  await view.confirm();
  const handover = new Handover(window);
  await handover.hidden.waitFor();
  // The dialog is gone.
  await expect(handover.hold).toBeFocused();
  // The whole step is on the screen of a new window, and nothing moves when the password is shown.
  await expect(handover.done).toBeInViewport({ ratio: 1 });
  const before = await handover.hold.boundingBox();
  const { keyboard } = window;
  await keyboard.press('ArrowRight');
  await expect(handover.shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  expect(await handover.hold.boundingBox()).toEqual(before);
  await expect(handover.walk).toContainText('11 words in all, separated by hyphens');
  const [first = '', second = ''] = ((await handover.shown.textContent()) ?? '').split('-');
  await expect(handover.currentTile).toHaveText(first);
  await expect(handover.spelling).toHaveText(new RegExp(`^capital ${first.charAt(0)} as in [A-Z][a-z]+ · `));
  await keyboard.press('ArrowRight');
  await expect(handover.currentTile).toHaveText(second);
  await expect(handover.spelling).toHaveText(/^[A-Z][\w-]+(?: · [A-Z][\w-]+){3,6}$/);
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'tiles');
  await keyboard.press('End');
  await expect(handover.currentTile).toHaveText(/^\d$/);
  await expect(handover.spelling).toHaveText(/^(?:two|three|four|six|seven|eight)$/);
  await keyboard.press('ArrowRight');
  await expect(handover.currentTile).toHaveText(/^\d$/);
  await keyboard.press('ArrowLeft');
  await keyboard.press('Home');
  await keyboard.press('ArrowLeft');
  await expect(handover.currentTile).toHaveText(first);
  await keyboard.press('s');
  await expect(handover.hidden).toBeVisible();
  await expect(handover.spelling).toHaveText('');
});

test('a password of words is spelled in the caller’s language in a small window without a shift or a cut-off', async ({
  launchConsole,
  mailSink,
}, testInfo) => {
  const first = await launchConsole();
  await new Entrance(first.window).setUpThisComputer();
  await new Desk(first.window).importSamples();
  await new SettingsScreen(first.window).open('settings.spelling.title');
  const settings = new SettingsScreen(first.window);
  await settings.spellingLanguage.selectOption('Deutsch (DIN 5009)');
  await expect(settings.spelling).toContainText('großes K wie Köln, X wie Xanten');
  await first.app.close();

  // Stored for this computer.
  const { app, window } = await launchConsole();
  await new Entrance(window).signIn();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(960, 640));
  const desk = new Desk(window);
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, marlene));
  await view.resetPassword.click();
  await view.confirm();
  const { hold } = new Handover(window);
  await hold.waitFor();
  const before = await hold.boundingBox();
  await new Handover(window).keepShown.click();
  const line = new Handover(window).spelling;
  await expect(line).toHaveAttribute('lang', 'de');
  await expect(line).toContainText(/^großes \p{Lu} wie \p{L}+ · \p{Lu}/u);
  expect(await hold.boundingBox()).toEqual(before);
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'words');
  // Replaces the drawn words with the longest possible ones.
  await new Handover(window).shown.evaluate((place, text) => {
    for (const tile of place.querySelectorAll('.tile[data-kind=letter]')) tile.textContent = text;
  }, longest);
  expect(await hold.boundingBox()).toEqual(before);
  expect(await beyond(window)).toEqual([]);
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'longest');
  await zoom(app, 2);
  await expect.poll(() => beyond(window)).toEqual([]);
});

const zoom = (app: ElectronApplication, factor: number) =>
  app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(wanted),
    factor,
  );

/** Elements that are wider than their container. */
const beyond = (window: Page) =>
  window.evaluate(() =>
    [
      document.documentElement,
      ...document.querySelectorAll('.content, .case-columns > *, .step, .secret, .password-line'),
    ]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className),
  );
