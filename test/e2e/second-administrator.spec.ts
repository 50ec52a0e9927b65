import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../backend/staffed-desk.ts';
import { trustEachAdministrator } from '../backend/trust-each-administrator.ts';
import { expect, test as base, type RunningConsole } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { ChangesWaiting } from '../screens/changes-waiting.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';
import { violationsOf } from '../fixtures/axe.ts';

interface TwoAdministrators {
  readonly staff: StaffedDesk;
  /** The consoles of two administrators, each on a user-data folder of its own. Ann is a third one. */
  readonly bea: RunningConsole;
  readonly cleo: RunningConsole;
}

const test = base.extend<{ desks: TwoAdministrators }>({
  desks: async ({ launchConsole }, use) => {
    const staff = await startStaffedDesk({ realTime: true });
    const folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    await staff.hire('olga', 'Olga Operator', ['operator']);
    await trustEachAdministrator(staff.ann);
    const bea = await staff.hire('bea', 'Bea Baker', ['operator', 'administrator']);
    const cleo = await staff.hire('cleo', 'Cleo Clark', ['operator', 'administrator']);
    await staff.changePolicy(({ protectedChanges }) => ({
      protectedChanges: { ...protectedChanges, secondAdministrator: true },
    }));
    const enter = async (console: RunningConsole, { userName, password, recoveryCodes }: Member) => {
      await new Entrance(console.window).joinServer(staff.backend.address(), {
        userName,
        password,
        code: recoveryCodes[0] ?? '',
      });
      await new Rail(console.window).open('settings');
      await new ChangesWaiting(console.window).protection.waitFor();
      return console;
    };
    await use({
      staff,
      bea: await enter(await launchConsole(), bea),
      cleo: await enter(await launchConsole({ RESET_DESK_USER_DATA: folder }), cleo),
    });
    await staff.backend.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

const barOf = async ({ ann }: StaffedDesk) =>
  (await ann.call<PolicyView>('GET', '/policy')).body.document.bars.standard;
const lowerBar = async (window: Page, points: string) => {
  const settings = new SettingsScreen(window);
  await settings.open('policy.title');
  await settings.rule('bars.standard').fill(points);
  await settings.savePolicy.click();
};

test('a weaker policy takes effect once another administrator has seen and approved it', async ({
  desks: { staff, bea, cleo },
}, testInfo) => {
  test.slow();
  const path = testInfo.outputPath.bind(testInfo);
  const [hers, theirs] = [new ChangesWaiting(bea.window), new ChangesWaiting(cleo.window)];
  await expect(hers.protection).toHaveAttribute('data-state', 'second-administrator');
  await lowerBar(bea.window, '50');
  await expect(hers.sentApprovers).toContainText('Ann Example, Cleo Clark');
  await picture(bea.app, bea.window, path, 'sent');
  expect.soft(await violationsOf(bea.window)).toEqual([]);
  await hers.closeSent();
  await expect(new SettingsScreen(bea.window).rule('bars.standard')).toHaveValue('60');
  await new SettingsScreen(bea.window).open('protectedChanges.title');
  await expect(hers.obstacle).toContainText('You proposed this change.');
  expect(await barOf(staff)).toBe(60);

  await expect(theirs.button).toHaveAccessibleName('Settings, 1 change waiting');
  await expect(theirs.changes).toContainText('Bea Baker');
  await expect(theirs.fields).toContainText('Standard');
  await theirs.reason.fill('Agreed with Bea on the phone');
  await theirs.section.scrollIntoViewIfNeeded();
  await picture(cleo.app, cleo.window, path, 'waiting');
  expect.soft(await violationsOf(cleo.window)).toEqual([]);
  await theirs.approve.click();
  await expect(theirs.changes).toHaveCount(0);
  expect(await barOf(staff)).toBe(50);
  await new SettingsScreen(bea.window).open('policy.title');
  await expect(new SettingsScreen(bea.window).rule('bars.standard')).toHaveValue('50');
  await new SettingsScreen(bea.window).open('protectedChanges.title');
  await hers.showSettled.click();
  await expect(hers.settled.first()).toHaveAttribute('data-state', 'approved');
  await expect(hers.settled.first()).toContainText('Agreed with Bea on the phone');
  await hers.section.scrollIntoViewIfNeeded();
  await picture(bea.app, bea.window, path, 'settled');
});

test('an operator keeps the old roles when a change of them is declined', async ({
  desks: { staff, bea, cleo },
}) => {
  test.slow();
  const [hers, theirs] = [new ChangesWaiting(bea.window), new ChangesWaiting(cleo.window)];
  const operators = new OperatorsSection(bea.window);
  await new SettingsScreen(bea.window).open('operators.title');
  await operators.choose('olga', 'edit');
  await operators.role('approver').check();
  await operators.submit.click();
  await hers.closeSent();
  await expect(operators.form).toBeHidden();

  await expect(theirs.changes).toContainText('Olga Operator');
  await expect(theirs.fields).toContainText('Operator, Approver');
  await theirs.reason.fill('Olga works on cases');
  await theirs.decline.click();
  await expect(theirs.changes).toHaveCount(0);
  await new SettingsScreen(bea.window).open('protectedChanges.title');
  await expect(hers.changes).toHaveCount(0);
  await hers.showSettled.click();
  await expect(hers.settled.first()).toContainText('Olga works on cases');
  const rows = await staff.backend.readTable('operators');
  expect(rows.find((row) => row['user_name'] === 'olga')?.['roles']).toBe('["operator"]');
});

test('a change is withdrawn by its proposer before anyone decides it', async ({
  desks: { staff, bea, cleo },
}) => {
  test.slow();
  const [hers, theirs] = [new ChangesWaiting(bea.window), new ChangesWaiting(cleo.window)];
  await lowerBar(bea.window, '40');
  await hers.closeSent();
  await new SettingsScreen(bea.window).open('protectedChanges.title');
  await expect(theirs.changes).toHaveCount(1);
  await hers.withdraw.click();
  await expect(hers.changes).toHaveCount(0);
  await expect(theirs.changes).toHaveCount(0);
  await expect(theirs.button).toHaveAccessibleName('Settings');
  expect(await barOf(staff)).toBe(60);
});
