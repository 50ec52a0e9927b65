import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { RequiredResetsScreen } from '../screens/required-resets-screen.ts';

const reason = 'Passwords of another service were stolen.';

test('an administrator requires a reset of a list, sees who is done and who is not, and stops it', async ({
  launchConsole,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  const seen = (name: string) => look(app, window, name, (file) => testInfo.outputPath(file));
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new Rail(window).open('requiredResets');
  await expect(window.getByText('No password reset has been required yet.')).toBeVisible();
  await seen('empty');

  await new RequiredResetsScreen(window).start.click();
  const form = window.getByRole('dialog');
  const start = new RequiredResetsScreen(window).submit;
  await expect(start).toBeDisabled();
  await new RequiredResetsScreen(window).pick.fill('okafor');
  await form.getByRole('button', { name: 'Add Marlene Okafor' }).waitFor();
  await new RequiredResetsScreen(window).pick.press('Enter');
  await expect(form.getByText('1 user must choose a new password.')).toBeVisible();
  await seen('picked');
  await form.getByText('Filter', { exact: true }).click();
  await form
    .getByRole('combobox', { name: 'Departments' })
    .or(form.getByLabel('Departments'))
    .first()
    .click();
  await window.getByRole('option', { name: /^Legal/ }).click();
  await window.keyboard.press('Escape');
  await expect(form.getByText(/^6\d users must choose a new password\.$/)).toBeVisible();
  await expect(form.getByText(/^Left out: \d+ disabled/)).toBeVisible();
  await seen('filter');
  await form.getByText('List', { exact: true }).click();
  await form
    .getByLabel('User names or email addresses')
    .fill('User name;Name\nm.okafor;Marlene\nnobody.here;Nobody\n');
  await expect(form.getByText('1 entry does not match an account:')).toBeVisible();
  await expect(form.getByText('nobody.here', { exact: true })).toBeVisible();
  await form.getByLabel('Reason, as shown in the email').fill(reason);
  await expect(form.getByRole('region', { name: 'Email preview' })).toContainText(reason);
  await seen('list');
  await start.click();

  await expect(window.getByRole('heading', { name: reason })).toBeVisible();
  await expect(window.getByText('0 of 1 done')).toBeVisible();
  // The mail leaves, and the screen hears of it.
  await new RequiredResetsScreen(window).filter.selectOption('told');
  await expect(window.getByRole('row', { name: /Marlene Okafor.*Notified,/ })).toBeVisible();
  await seen('detail');

  await new Desk(window).open('m.okafor');
  await expect(window.getByText(/^Required password reset, due/)).toBeVisible();
  await expect(window.getByLabel(/^Reason/)).toHaveValue('told-to-reset');
  await seen('case');

  await new Rail(window).open('requiredResets');
  await window.getByRole('button', { name: `Open “${reason}”` }).click();
  await new RequiredResetsScreen(window).stop.click();
  await new RequiredResetsScreen(window).stopReason.fill('A false alarm.');
  await seen('stop');
  await new RequiredResetsScreen(window).confirmStop.click();
  await expect(window.getByText(/^Stopped by Ann Example, .*: A false alarm\.$/)).toBeVisible();
  await window.getByRole('button', { name: 'All required resets' }).press('Enter');
  await expect(window.getByText('Stopped', { exact: true })).toBeVisible();
  await seen('stopped');
});

/** A picture and axe's opinion, light and dark. */
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
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
    );
    expect.soft(found, `${name}, ${scheme}`).toEqual([]);
  }
}
