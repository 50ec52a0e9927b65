import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { callerAt } from './caller.ts';
import { Rail } from '../screens/rail.ts';
import { Handover } from '../screens/handover.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** A sensitive account of the samples, whose manager on file is one other account. */
const caller = 'p.nguyen70';
const callersMail = 'priya.nguyen70@example.com';
const managersMail = 'anna.smith0@example.com';

test('a sensitive account needs two kinds of check, and the manager’s word arrives by itself', async ({
  launchConsole,
  mailSink,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open(caller);
  const view = new CaseScreen(window);
  await expect(view.sendCode).toBeVisible();
  await window.keyboard.press('1');
  await view.readBack(await codeFor(mailSink, callersMail));
  await expect(
    window.getByText(
      '30 more points needed, from a different kind of check: call-back, manager or in person.',
    ),
  ).toBeVisible();
  await picture(app, window, path, 'half-full');

  await window.keyboard.press('5');
  await window.getByLabel('Document shown').waitFor();
  await picture(app, window, path, 'in-person');

  await window.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(window.getByText(/Waiting for Anna Smith/)).toBeVisible();
  await picture(app, window, path, 'waiting');
  const { text = '' } = await mailSink.mailTo(managersMail);
  const token = /\/managers-word\/(\S+)/.exec(text)?.[1] ?? '';
  const manager = await callerAt(window);
  expect((await manager.go('GET', `/managers-word/${token}`)).text).toContain('Priya Nguyễn');
  expect((await manager.go('POST', '/managers-word', { token, word: 'yes', name: 'Priya' })).status).toBe(
    200,
  );
  await expect(window.getByText('120 of 90 points').first()).toBeVisible({ timeout: 5000 });
  await expect(view.resetPassword).toBeVisible();
  await picture(app, window, path, 'full');
});

test('a text is read in the outbox, and the policy says before saving what it would have refused', async ({
  launchConsole,
  mailSink,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  await view.resetPassword.click();
  await view.confirm();
  await new Handover(window).hold.waitFor();

  await new Rail(window).open('settings');
  await window.getByLabel('Points needed for Standard').fill('90');
  await expect(
    window.getByText('With this policy 1 of the last 1 resets would have been refused.'),
  ).toBeVisible();
  await expect(window.getByText('60 of 90 points')).toBeVisible();
  await window.getByRole('region', { name: 'Effect on past resets' }).scrollIntoViewIfNeeded();
  await picture(app, window, path, 'policy');
  await new SettingsScreen(window).savePolicy.click();
  await window.getByRole('button', { name: 'Show history' }).click();
  await expect(window.getByText('Points needed for Standard: 60 → 90')).toBeVisible();

  await new Rail(window).open('desk');
  await desk.open('a.smith0');
  await new CaseScreen(window).textCode.click();
  await new CaseScreen(window).firstDigit.waitFor();
  await new Rail(window).open('outbox');
  await window.getByRole('button', { name: /Read the text message to/ }).click();
  await expect(window.getByText(/Help desk code: \d{3} \d{3}/)).toBeVisible();
  await picture(app, window, path, 'texts');
});
