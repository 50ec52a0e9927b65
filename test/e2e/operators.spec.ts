import type { Page } from '@playwright/test';
import { codeAt } from '../backend/join-operator.ts';
import { expect, test } from '../fixtures/console.ts';
import { client, signInAt, startIdentityProvider } from '../fixtures/identity-provider.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { callerAt } from './caller.ts';
import { Rail } from '../screens/rail.ts';
import {
  OperatorsSection,
  OwnAccount,
  ProviderSection,
  SecondFactor,
  SettingsScreen,
} from '../screens/settings-screen.ts';
import { violationsOf } from '../fixtures/axe.ts';

const openSettings = async (window: Page, title = 'operators.title') => {
  await new SettingsScreen(window).open(title);
};
const signOut = async (window: Page) => {
  await new Rail(window).signOut();
  await new Entrance(window).signInForm.waitFor();
};

test('an invited operator needs the chosen password and an enrolled code to sign in', async ({
  launchConsole,
  mailSink,
}) => {
  test.slow();
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await openSettings(window);
  const operators = new OperatorsSection(window);
  await operators.invite.click();
  await operators.displayName.fill('Bob Example');
  await operators.userName.fill('bob');
  await operators.email.fill('bob@example.com');
  await operators.role('approver').check();
  expect.soft(await violationsOf(window)).toEqual([]);
  await operators.submit.click();
  await expect(operators.row('bob')).toContainText(/Bob Example.*Invited/);

  const { text = '' } = await mailSink.mailTo('bob@example.com');
  const link = /https?:\/\/[^/\s]+(\/invitation\/\S+)/.exec(text)?.[1] ?? '';
  const password = 'Quiet+Harbour7';
  const caller = await callerAt(window);
  await caller.go('POST', '/invitation', {
    token: link.replace('/invitation/', ''),
    password,
    repeated: password,
  });
  await signOut(window);

  await new Entrance(window).signIn(password, 'bob');
  await expect(new SecondFactor(window).qrCode).toBeVisible();
  expect.soft(await violationsOf(window)).toEqual([]);
  const secret = await new SecondFactor(window).secret();
  await new SecondFactor(window).code.fill('000000');
  await new SecondFactor(window).turnOn.click();
  await expect(new SecondFactor(window).failure).toContainText('The code was wrong.');
  await new SecondFactor(window).code.fill(codeAt(secret, Date.now()));
  await window.keyboard.press('Enter');
  await expect(new SecondFactor(window).recoveryCodes).toHaveCount(10);
  expect.soft(await violationsOf(window)).toEqual([]);
  const recovery = (await new SecondFactor(window).recoveryCodes.first().textContent()) ?? '';
  await new SecondFactor(window).saved.check();
  await new SecondFactor(window).proceed.click();
  await new Rail(window).waitForOperator('Bob');
  await signOut(window);

  await expect(new Entrance(window).userName).toHaveValue('bob');
  await new Entrance(window).password.fill(password);
  await window.keyboard.press('Enter');
  await expect(new Entrance(window).codeStep).toBeVisible();
  expect.soft(await violationsOf(window)).toEqual([]);
  await new Entrance(window).code.fill(recovery);
  await window.keyboard.press('Enter');
  await new Rail(window).waitForOperator('Bob');
  // The mail about the recovery code, which follows those about the invitation and the second factor.
  let subject: string | undefined;
  while (subject !== 'One of your recovery codes was used')
    ({ subject } = await mailSink.mailTo('bob@example.com'));
});

test('the first administrator unlocks with the code of a second factor', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await openSettings(window, 'operators.own.title');
  expect.soft(await violationsOf(window)).toEqual([]);
  await expect(new OwnAccount(window).currentSession).toBeVisible();
  await new SecondFactor(window).setUp.click();
  const secret = await new SecondFactor(window).secret();
  await new SecondFactor(window).code.fill(codeAt(secret, Date.now() - 30_000));
  await window.keyboard.press('Enter');
  await new SecondFactor(window).saved.check();
  await new SecondFactor(window).proceed.click();
  await expect(new OwnAccount(window).secondFactor).toContainText('10 recovery codes left.');

  await new Rail(window).lock();
  await new Lock(window).useCode.click();
  await new Lock(window).code.fill(codeAt(secret, Date.now() + 30_000));
  await new Lock(window).unlock.click();
  await new OwnAccount(window).currentSession.waitFor();
});

test('an operator signs in with the identity provider in the browser', async ({ launchConsole }) => {
  const provider = await startIdentityProvider({
    'ann-at-id': { preferred_username: administrator.userName, name: 'Ann' },
  });
  try {
    const { app, window } = await launchConsole();
    await app.evaluate(({ shell }) => {
      shell.openExternal = async (url) => {
        (globalThis as { opened?: string }).opened = url;
      };
    });
    const opened = () => app.evaluate(() => (globalThis as { opened?: string }).opened ?? '');
    await new Entrance(window).setUpThisComputer();
    await openSettings(window, 'operators.provider.title');
    const section = new ProviderSection(window);
    await section.enabled.check();
    await section.name.fill('Example ID');
    await section.issuer.fill(provider.issuer);
    await section.clientId.fill(client.clientId);
    await section.secret.fill(client.secret);
    await section.save.click();
    await expect(section.message).toHaveText('Saved.');
    await section.test.click();
    await expect(section.message).toContainText(`${provider.issuer} responds and accepts the client.`);
    await signOut(window);
    await window.reload();

    await new Entrance(window).provider.click();
    await new Entrance(window).stopWaiting.click();
    await expect(new Entrance(window).failure).toContainText(
      'The sign-in in the browser was cancelled. Start again.',
    );

    await app.evaluate(() => {
      (globalThis as { opened?: string }).opened = '';
    });
    await new Entrance(window).provider.click();
    await expect.poll(opened).toContain(provider.issuer);
    const callback = await signInAt(await opened(), 'ann-at-id');
    expect((await fetch(`${callback.origin}/callback?code=guess&state=guess`)).status).toBe(404);
    expect(await (await fetch(callback)).text()).toContain('Go back to Reset Desk');
    await new Rail(window).waitForOperator('Ann');
    await expect(new Desk(window).search).toBeVisible();

    const proveInBrowser = async () => {
      await app.evaluate(() => {
        (globalThis as { opened?: string }).opened = '';
      });
      const change = new Lock(window).useProvider;
      if (await change.isVisible()) await change.click();
      await new Lock(window).unlock.click();
      await expect(new Lock(window).inBrowser).toContainText('Your browser is open at Example ID.');
      await expect.poll(opened).toContain('prompt=login');
      return signInAt(await opened(), 'ann-at-id');
    };
    await new Rail(window).lock();
    await new Lock(window).screen.waitFor();
    // A provider that answers from an old session proves nothing, whatever it was asked.
    provider.sayAuthTime(Math.floor(Date.now() / 1000) - 600);
    await fetch(await proveInBrowser());
    await expect(new Lock(window).failure).toContainText('identity provider’s response was not accepted');
    expect.soft(await violationsOf(window)).toEqual([]);
    provider.sayAuthTime('as it is');
    await fetch(await proveInBrowser());
    await expect(new Desk(window).search).toBeVisible();
  } finally {
    await provider.stop();
  }
});
