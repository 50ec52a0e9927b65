import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';

/** The test ids, names or tags of elements that get the focus by Tab and show no ring, on themselves or on the field around them. */
async function withoutRing(window: Page, stops: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await window.keyboard.press('Tab');
    const bare = await window.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      const isRinged = [focused, focused.closest('.mantine-Input-input')].some((element) => {
        if (element === null) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      return isRinged
        ? null
        : ((focused as HTMLElement).dataset['testid'] ?? focused.outerHTML.slice(0, 120));
    });
    if (bare !== null) found.push(bare);
  }
  return found;
}

test('every element shows a ring while it has the keyboard focus', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  const entrance = new Entrance(window);
  await entrance.useThisComputer.click();
  await entrance.createAdministrator.waitFor();
  expect(await withoutRing(window, 5), 'first administrator').toEqual([]);
  await entrance.fillAdministrator();
  await entrance.createAdministrator.click();
  await new Rail(window).operator.waitFor();
  await new SettingsScreen(window).open('operators.title');
  const operators = new OperatorsSection(window);
  await operators.invite.click();
  await operators.cancel.waitFor();
  expect(await withoutRing(window, 14), 'invitation').toEqual([]);
  await operators.cancel.click();
  await new SettingsScreen(window).open('operators.own.title');
  expect(await withoutRing(window, 20), 'own sign-in').toEqual([]);
  await new Rail(window).lock();
  await new Lock(window).unlock.waitFor();
  expect(await withoutRing(window, 4), 'lock').toEqual([]);
});
