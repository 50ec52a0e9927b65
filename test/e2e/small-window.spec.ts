import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { ImportScreen } from '../screens/import-screen.ts';
import { Rail } from '../screens/rail.ts';

/** Names that break simple layouts: long without a space, and written from right to left. */
const rows = [
  'username,name,email,phone,department,manager',
  `l.ong,${'Wolfeschlegelsteinhausenbergerdorff'.repeat(2).slice(0, 60)},${'l'.repeat(50)}@example.com,+49 555 0100 777,${'Abteilung'.repeat(8)},`,
  'r.tl,\u0645\u0631\u064A\u0645 \u0628\u0646\u062A \u0639\u0628\u062F \u0627\u0644\u0631\u062D\u0645\u0646,maryam@example.com,+49 555 0100 778,Plant 3,',
  'n.one,Nobody Reachable,,,,',
].join('\n');

test('nothing is cut off or lost at 960×640, at 200 % zoom or with names that break layouts', async ({
  launchConsole,
  userData,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'people.csv');
  await writeFile(file, rows);
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await new ImportScreen(window).run.click();
  await new ImportScreen(window).confirm.click();
  await new ImportScreen(window).done.click();

  const desk = new Desk(window);
  const view = new CaseScreen(window);
  for (const [size, zoom] of [
    [[960, 640], 1],
    [[1280, 820], 2],
  ] as const) {
    await resize(app, size, zoom);
    for (const name of ['l.ong', 'r.tl', 'n.one']) {
      await desk.open(name);
      await expect(view.refuse).toBeInViewport();
      await assertNoOverflow(window);
      // What does not fit beside the steps becomes a drawer, which returns the focus when it closes.
      const drawer = view.openTimeline;
      await drawer.focus();
      await window.keyboard.press('Enter');
      await expect(view.dialog).toContainText('Case opened');
      await window.screenshot({ path: testInfo.outputPath(`drawer-${zoom}-${name}.png`) });
      await window.keyboard.press('Escape');
      await expect(drawer).toBeFocused();
      await window.screenshot({ path: testInfo.outputPath(`case-${zoom}-${name}.png`) });
      await view.closeCase.click();
      await expect(desk.search).toBeFocused();
    }
    await assertNoOverflow(window);
    await window.screenshot({ path: testInfo.outputPath(`desk-${zoom}.png`) });
  }
});

test('an element has the keyboard focus after every step', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  await assertFocus(window, 'the case opens');
  const view = new CaseScreen(window);
  for (const [key, leaves] of [
    ['r', 'Escape'],
    ['?', 'Escape'],
  ] as const) {
    await window.keyboard.press(key);
    await view.dialog.waitFor();
    await assertFocus(window, `the dialog of ${key} is open`);
    await window.keyboard.press(leaves);
    await expect(view.dialog).toBeHidden();
    await assertFocus(window, `the dialog of ${key} was left`);
  }
  await view.sendCode.click();
  await assertFocus(window, 'the code was sent');
  await view.firstDigit.waitFor();
  await view.closeCase.click();
  await expect(desk.search).toBeFocused();
  for (const screen of ['cases', 'import', 'settings'] as const) {
    await new Rail(window).open(screen);
    await new Rail(window).heading.waitFor();
    await assertFocus(window, screen);
  }
});

async function resize(
  app: ElectronApplication,
  [width, height]: readonly [number, number],
  zoom: number,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const [own] = BrowserWindow.getAllWindows();
      own?.setSize(to.width, to.height);
      own?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
}

async function assertNoOverflow(window: Page): Promise<void> {
  const beyond = () =>
    window.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.content, .top, .case-columns > *')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.className),
    );
  await expect.poll(beyond).toEqual([]);
  const cutLabels = () =>
    window.evaluate(() =>
      [...document.querySelectorAll('.mantine-Button-label')]
        .filter((label) => label.scrollWidth > label.clientWidth + 1)
        .map((label) => label.textContent),
    );
  await expect.poll(cutLabels).toEqual([]);
  // All entries of the rail fit, without a scroll bar beside that of the screen.
  expect(await window.locator('.rail').evaluate((rail) => rail.scrollHeight - rail.clientHeight)).toBe(0);
}

async function assertFocus(window: Page, after: string): Promise<void> {
  const lost = () =>
    window.evaluate(() => document.activeElement === null || document.activeElement === document.body);
  await expect.poll(lost, { message: `focus after: ${after}` }).toBe(false);
}
