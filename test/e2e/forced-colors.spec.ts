import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { OperatorListDialog, OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';

/** Whether an element has an edge, an outline or a background of its own, with the colours that the system forces on the page. */
const isDrawn = (window: Page, selector: string) =>
  window
    .locator(selector)
    .first()
    .evaluate((element) => {
      const style = getComputedStyle(element);
      const hasEdge = style.borderStyle !== 'none' && Number.parseFloat(style.borderWidth) > 0;
      const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      return hasEdge || hasOutline || style.forcedColorAdjust === 'none';
    });

test('what only a background says is drawn with an edge where the system forces its colours', async ({
  launchConsole,
  mailSink,
}) => {
  const { window } = await launchConsole({ RESET_DESK_SMTP_URL: mailSink.url });
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await window.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  expect(await window.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  await desk.search.fill('okafor');
  await desk.hits.first().waitFor();
  for (const selector of ['.hit[aria-selected="true"]', '.rail-button[aria-current="page"]', '.connection'])
    expect([selector, await isDrawn(window, selector)]).toEqual([selector, true]);
  // What matched has the colour of the text around it, not that of a mark, whose ground is gone.
  const [letters, around] = await window
    .locator('.hit mark')
    .first()
    .evaluate((mark) => [mark, mark.parentElement ?? mark].map((element) => getComputedStyle(element).color));
  expect(letters).toBe(around);
  await desk.open('m.okafor');
  for (const selector of ['.badge', '.step-number', '.meter span', '.key'])
    expect([selector, await isDrawn(window, selector)]).toEqual([selector, true]);
  await window.getByLabel('Ticket').focus();
  const focused = await window.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    return [outlineStyle, outlineWidth];
  });
  expect(focused).not.toContain('none');
  expect(focused).not.toContain('0px');
  await new Rail(window).open('settings');
  const current = '.settings-contents a[aria-current="page"]';
  await window.locator(current).waitFor();
  expect(await isDrawn(window, current)).toBe(true);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`what is chosen and what is disabled looks so in a ${colorScheme} contrast theme`, async ({
    launchConsole,
  }) => {
    const { window } = await launchConsole();
    await new Entrance(window).setUpThisComputer();
    await window.emulateMedia({ forcedColors: 'active', colorScheme });
    await new SettingsScreen(window).open('operators.title');
    const operators = new OperatorsSection(window);
    await operators.invite.click();
    await operators.role('approver').check();
    // The ground of the box, and the tick on it. Chromium animates both.
    const colours = () =>
      operators.role('approver').evaluate((box) => {
        const tick = box.parentElement?.querySelector('svg') ?? box;
        return [getComputedStyle(box).backgroundColor, getComputedStyle(tick).color];
      });
    const [highlight, text, gray] = await window.evaluate(() =>
      ['Highlight', 'HighlightText', 'GrayText'].map((name) => {
        const probe = document.createElement('i');
        probe.style.setProperty('forced-color-adjust', 'none');
        probe.style.color = name;
        document.body.append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      }),
    );
    await expect.poll(colours).toEqual([highlight, text]);
    await operators.cancel.click();
    const list = new OperatorListDialog(window);
    await list.open.click();
    await expect(list.invite).toBeDisabled();
    await expect(list.invite).toHaveCSS('color', gray ?? '');
  });
