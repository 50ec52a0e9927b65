import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { callerAt } from './caller.ts';
import { OutboxScreen } from '../screens/outbox-screen.ts';
import { Rail } from '../screens/rail.ts';
import { Handover } from '../screens/handover.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** A sensitive account of the samples, whose manager on file is one other account. */
const caller = 'p.nguyen70';
const callersMail = 'priya.nguyen70@example.com';
const managersMail = 'anna.smith0@example.com';

test('a sensitive account needs two kinds of check', async ({ launchConsole, mailSink }, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open(caller);
  const view = new CaseScreen(window);
  await expect(view.sendCode).toBeVisible();
  // The risk of the account does not look like its plain state.
  const groundOf = (badge: string) =>
    view.account
      .getByText(badge, { exact: true })
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await groundOf('Sensitive')).not.toBe(await groundOf('Active'));
  await window.keyboard.press('1');
  await view.readBack(await codeFor(mailSink, callersMail));
  await expect(view.missing).toContainText(
    '30 more points needed, from a different kind of check: call-back, manager or in person.',
  );
  await picture(app, window, path, 'half-full');

  await window.keyboard.press('5');
  await view.badgeKind.waitFor();
  await picture(app, window, path, 'in-person');

  await view.start('managers-word').click();
  await expect(view.check('managers-word')).toContainText('Waiting for Anna Smith');
  await picture(app, window, path, 'waiting');
  const { text = '' } = await mailSink.mailTo(managersMail);
  const token = /\/managers-word\/(\S+)/.exec(text)?.[1] ?? '';
  const manager = await callerAt(window);
  expect((await manager.go('GET', `/managers-word/${token}`)).text).toContain('Priya Nguyễn');
  expect((await manager.go('POST', '/managers-word', { token, word: 'yes', name: 'Priya' })).status).toBe(
    200,
  );
  await expect(view.verification).toContainText('120 of 90 points', { timeout: 5000 });
  await expect(view.resetPassword).toBeVisible();
  await picture(app, window, path, 'full');
});

test('a text message is read in the outbox', async ({ launchConsole, mailSink }, testInfo) => {
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

  await new SettingsScreen(window).open('policy.title');
  const settings = new SettingsScreen(window);
  await settings.rule('bars.standard').fill('90');
  await expect(settings.policyTrial).toContainText(
    'With this policy 1 of the last 1 resets would have been refused.',
  );
  await expect(settings.policyTrial).toContainText('60 of 90 points');
  await settings.policyTrial.scrollIntoViewIfNeeded();
  await picture(app, window, path, 'policy');
  await settings.savePolicy.click();
  await settings.showPolicyHistory.click();
  await expect(settings.policyHistory).toContainText('Points needed for Standard: 60 → 90');

  await new Rail(window).open('desk');
  await desk.open('a.smith0');
  await new CaseScreen(window).textCode.click();
  await new CaseScreen(window).firstDigit.waitFor();
  await new Rail(window).open('outbox');
  const { texts } = new OutboxScreen(window);
  await texts.click();
  await expect(texts).toContainText(/Help desk code: \d{3} \d{3}/);
  await picture(app, window, path, 'texts');
});
