import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';

interface Stop {
  /** The test id of the element, or how its tag starts. */
  readonly name: string;
  /** Whether a ring shows on the element or on the field around it. */
  readonly isRinged: boolean;
}

/** The elements that get the focus when Tab is pressed `times` times. The page itself is none. */
async function stopsByTab(window: Page, times: number): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (let time = 0; time < times; time += 1) {
    await window.keyboard.press('Tab');
    const stop = await window.evaluate((): Stop | null => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      const isRinged = [focused, focused.closest('.mantine-Input-input')].some((element) => {
        if (element === null) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      const name = (focused as HTMLElement).dataset['testid'] ?? focused.outerHTML.slice(0, 120);
      return { name, isRinged };
    });
    if (stop !== null) stops.push(stop);
  }
  return stops;
}

interface Expected {
  readonly screen: string;
  readonly times: number;
  /** The test ids of elements that must be among those that get the focus. */
  readonly reached: readonly string[];
}

async function expectRings(window: Page, { screen, times, reached }: Expected): Promise<void> {
  const stops = await stopsByTab(window, times);
  const bare = stops.filter(({ isRinged }) => !isRinged).map(({ name }) => name);
  expect(
    stops.map(({ name }) => name),
    screen,
  ).toEqual(expect.arrayContaining([...reached]));
  expect(stops, screen).not.toEqual([]);
  expect(bare, screen).toEqual([]);
}

test('every element shows a ring while it has the keyboard focus', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  const entrance = new Entrance(window);
  await entrance.useThisComputer.click();
  await entrance.createAdministrator.waitFor();
  await expectRings(window, { screen: 'first administrator', times: 5, reached: ['set-up-password'] });
  await entrance.fillAdministrator();
  await entrance.createAdministrator.click();
  await new Rail(window).operator.waitFor();
  await new SettingsScreen(window).open('operators.title');
  const operators = new OperatorsSection(window);
  await operators.invite.click();
  await operators.cancel.waitFor();
  await expectRings(window, {
    screen: 'invitation',
    times: 14,
    reached: ['operator-form-scope-departments'],
  });
  await operators.cancel.click();
  await new SettingsScreen(window).open('operators.own.title');
  await expectRings(window, { screen: 'own sign-in', times: 20, reached: [] });
  await new Rail(window).lock();
  await new Lock(window).unlock.waitFor();
  await expectRings(window, { screen: 'lock', times: 4, reached: ['lock-unlock'] });
});
