import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { CasesScreen } from '../screens/cases-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

test('the start page leads to a locked account and to the cases that a number counts', async ({
  launchConsole,
}) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await expect(desk.card('locked')).toContainText('until unlocked');
  const name = (await desk.rowsOf('locked').first().locator('bdi').textContent()) ?? '';
  await desk.rowsOf('locked').first().click();
  await expect(new CaseScreen(window).account).toContainText(name);

  await new Rail(window).open('desk');
  await expect(desk.team).toContainText('1 case');
  await desk.number('cases').click();
  const cases = new CasesScreen(window);
  await expect(cases.period).toHaveValue('today');
  await expect(cases.rows).toContainText([name]);
  await cases.show.selectOption('refused');
  await expect(cases.rows).toHaveCount(0);
  await cases.show.selectOption('open');
  // A click anywhere on the row opens the case.
  await cases.rows.first().getByText('Open', { exact: true }).click();
  await expect(new CaseScreen(window).account).toContainText(name);
});

test('the first run leads to the organisation’s name and logo', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  // From 1280 px on, the entries of the rail have their names beside them.
  await expect(window.getByTestId('rail-import').getByText('Import', { exact: true })).toBeVisible();
  await new Desk(window).brand.click();
  const settings = new SettingsScreen(window);
  await expect(settings.section('contact-logo')).toBeInViewport();
  await expect(window.getByLabel('Organisation’s name in emails and on pages')).toBeVisible();
});
