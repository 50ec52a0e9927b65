import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { RequiredResetsScreen } from '../screens/required-resets-screen.ts';
import { violationsOf } from '../fixtures/axe.ts';

const reason = 'Passwords of another service were stolen.';

test('an administrator requires a reset of a list and follows it to its end', async ({
  launchConsole,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  const seen = (name: string) => look(app, window, name, (file) => testInfo.outputPath(file));
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new Rail(window).open('requiredResets');
  const screen = new RequiredResetsScreen(window);
  await expect(screen.empty).toHaveText('No password reset has been required yet.');
  await seen('empty');

  await screen.start.click();
  await expect(screen.submit).toBeDisabled();
  await screen.pick.fill('okafor');
  await expect(screen.hits.first()).toContainText('Marlene Okafor');
  await screen.pick.press('Enter');
  await expect(screen.count).toContainText('1 user must choose a new password.');
  await seen('picked');
  await screen.chooseBy('filter');
  await screen.addDepartment('Legal');
  await expect(screen.count).toContainText(/(?<!\d)6\d users must choose a new password\./);
  await expect(screen.count).toContainText(/Left out: \d+ disabled/);
  await seen('filter');
  await screen.chooseBy('list');
  await screen.list.fill('User name;Name\nm.okafor;Marlene\nnobody.here;Nobody\n');
  await expect(screen.count).toContainText('1 entry does not match an account:nobody.here');
  await screen.reason.fill(reason);
  await expect(screen.mail).toContainText(reason);
  await seen('list');
  await screen.submit.click();

  await expect(screen.heading).toHaveText(reason);
  await expect(screen.progress).toContainText('0 of 1 done');
  // The mail leaves, and the screen is updated.
  await screen.filter.selectOption('told');
  await expect(screen.accounts).toContainText([/Marlene Okafor.*Notified,/]);
  await seen('detail');

  await new Desk(window).open('m.okafor');
  const view = new CaseScreen(window);
  await expect(view.requirement).toContainText('Required password reset, due');
  await expect(view.reason).toHaveValue('told-to-reset');
  await seen('case');

  await new Rail(window).open('requiredResets');
  await screen.rows.filter({ hasText: reason }).click();
  await screen.stop.click();
  await screen.stopReason.fill('A false alarm.');
  await seen('stop');
  await screen.confirmStop.click();
  await expect(screen.progress).toContainText(/Stopped by Ann Example, .*: A false alarm\./);
  await screen.back.press('Enter');
  await expect(screen.state).toHaveText('Stopped');
  await seen('stopped');
});

/** Takes a picture and runs axe, light and dark. */
async function look(
  app: ElectronApplication,
  window: Page,
  name: string,
  path: (file: string) => string,
): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await window.screenshot({ path: path(`${name}-${scheme}.png`) });
    expect.soft(await violationsOf(window, { scheme }), `${name}, ${scheme}`).toEqual([]);
  }
}
