import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeFor, linkFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { callerAt, pasted } from './caller.ts';
import { ImportScreen } from '../screens/import-screen.ts';
import { openVerifiedCase } from './verified-case.ts';

const marlene = 'marlene.okafor@example.com';
const accounts = [
  'userName,displayName,email,phone,department',
  `m.okafor,Marlene Okafor,${marlene},+49 555 0100 318,"Plant 3,\nMaintenance"`,
  'a.smith,Ann Smith,ann.smith@example.com,+49 555 0100 319,Sales',
  ',Nobody,nobody@example.com,,',
].join('\n');

test('a first run goes from a CSV file to a temporary password that must be changed @packaged', async ({
  launchConsole,
  mailSink,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();

  const file = join(userData, 'accounts.csv');
  await writeFile(file, accounts);
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await new ImportScreen(window).run.click();
  await new ImportScreen(window).confirm.click();
  await expect(new ImportScreen(window).refusals.last()).toContainText('No user name');
  await new ImportScreen(window).done.click();

  const desk = new Desk(window);
  await desk.open('okafor marl');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, marlene));
  await view.resetPassword.waitFor();
  await window.keyboard.press('Enter');
  await expect(view.dialog).toContainText('Marlene Okafor');
  await view.confirm();

  const handover = new Handover(window);
  await expect(handover.hidden).toBeVisible();
  await handover.copy.click();
  await expect.poll(() => pasted(app)).toMatch(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  const temporary = await pasted(app);
  await expect(window.locator('body')).not.toContainText(temporary);

  const caller = await callerAt(window);
  expect((await caller.signIn('m.okafor', temporary)).to).toBe('/change-password');
  expect((await caller.choose(temporary)).status).toBe(422);
  expect((await caller.choose('Quiet+Harbour7')).to).toBe('/account?said=changed');
  expect((await (await callerAt(window)).signIn('m.okafor', temporary)).status).toBe(401);
  expect((await (await callerAt(window)).signIn('m.okafor', 'Quiet+Harbour7')).to).toBe('/account/review');

  await handover.done.click();
  await expect(new Desk(window).today).toBeVisible();
  await expect(new Desk(window).cases.filter({ hasText: 'Marlene Okafor' })).toContainText(
    'Temporary password',
  );
  expect(await readFile(join(userData, 'reset-desk.log'), 'utf8')).not.toContain(temporary);
});

test('a mailed reset link sets a password once', async ({ launchConsole, mailSink }) => {
  const { window } = await launchConsole();
  const view = await openVerifiedCase(window, mailSink);
  await view.sendLink.click();
  await view.confirm();
  await expect(new Handover(window).step).toContainText('Sent to m•••••r@example.com');
  const path = await linkFor(mailSink, marlene);
  const caller = await callerAt(window);
  const form = { token: path.replace('/reset/', ''), password: 'Quiet+Harbour7', repeated: 'Quiet+Harbour7' };
  expect((await caller.go('POST', '/reset', form)).to).toBe('/reset/done');
  expect((await caller.go('POST', '/reset', form)).status).toBe(410);
  expect((await caller.signIn('m.okafor', 'Quiet+Harbour7')).to).toBe('/account/review');
});

test('three wrong codes lock the check', async ({ launchConsole, mailSink }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  const right = await codeFor(mailSink, marlene);
  const wrong = right === '000000' ? '111111' : '000000';
  await view.readBack(wrong);
  await expect(view.check('emailed-code')).toContainText(/2 tries left/i);
  await view.readBack(wrong);
  await expect(view.check('emailed-code')).toContainText(/one try left/i);
  await view.readBack(wrong);
  await expect(view.check('emailed-code')).toContainText(/locked/i);
  await expect(view.resetPassword).toBeHidden();
});

test('a case continues after its backend was killed', async ({ launchConsole, mailSink }) => {
  const { app, window } = await launchConsole();
  const view = await openVerifiedCase(window, mailSink);
  await view.resetPassword.waitFor();
  const pid = await app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ name, serviceName }) => `${name} ${serviceName}`.includes('backend'))
        ?.pid,
  );
  expect(pid).toBeGreaterThan(0);
  process.kill(pid ?? 0, 'SIGKILL');
  await view.resetPassword.click();
  await expect(view.dialog).toContainText('Marlene Okafor');
  // The call may reach the backend while it is down. The same press again cannot make a second password.
  await expect(async () => {
    // A call that takes longer than one look has closed the dialog.
    if (await view.dialog.isVisible()) await view.confirm();
    await expect(new Handover(window).hidden).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('without a keychain, the sign-in form says that a sign-in lasts until the console is closed', async ({
  launchConsole,
}) => {
  const first = await launchConsole();
  await new Entrance(first.window).setUpThisComputer();
  await first.app.close();
  const { window } = await launchConsole();
  const entrance = new Entrance(window);
  await expect(entrance.signInForm).toContainText('no usable keychain');
  await entrance.signIn('a wrong password');
  await expect(entrance.failure).toContainText('The user name or the password is wrong.');
  await expect(entrance.userName).toHaveValue('ann');
  await entrance.signIn();
  await expect(new Desk(window).search).toBeFocused();
});
