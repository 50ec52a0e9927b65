import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { codeAt } from '../backend/join-operator.ts';
import { expect, test } from '../fixtures/console.ts';
import { client, signInAt, startIdentityProvider } from '../fixtures/identity-provider.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { callerAt } from './caller.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen, OperatorsSection, SecondFactor } from '../screens/settings-screen.ts';

const openSettings = async (window: Page) => {
  await new Rail(window).open('settings');
  await window.getByRole('heading', { name: 'Operators', exact: true }).waitFor();
};
const signOut = async (window: Page) => {
  await new Rail(window).signOut();
  await window.getByRole('heading', { name: 'Sign in' }).waitFor();
};
const violations = async (window: Page) => {
  const found = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

test('an operator is invited, chooses a password, enrols at the first sign-in and needs a code from then on', async ({
  launchConsole,
  mailSink,
}) => {
  test.slow();
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await openSettings(window);
  await new OperatorsSection(window).invite.click();
  const form = window.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Bob Example');
  await form.getByLabel('User name').fill('bob');
  await form.getByLabel('Email').fill('bob@example.com');
  await form.getByLabel('Approver').check();
  expect.soft(await violations(window)).toEqual([]);
  await new OperatorsSection(window).submit.click();
  await expect(window.getByRole('row', { name: /Bob Example/ })).toContainText('Invited');

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
  await expect(window.getByRole('img', { name: /QR code/ })).toBeVisible();
  expect.soft(await violations(window)).toEqual([]);
  const secret = await new SecondFactor(window).secret();
  await new SecondFactor(window).code.fill('000000');
  await new SecondFactor(window).turnOn.click();
  await expect(window.getByText('The code was wrong.')).toBeVisible();
  await new SecondFactor(window).code.fill(codeAt(secret, Date.now()));
  await window.keyboard.press('Enter');
  await expect(new SecondFactor(window).recoveryCodes).toHaveCount(10);
  expect.soft(await violations(window)).toEqual([]);
  const recovery = (await new SecondFactor(window).recoveryCodes.first().textContent()) ?? '';
  await new SecondFactor(window).saved.check();
  await new SecondFactor(window).proceed.click();
  await window.getByRole('button', { name: /^Signed in as Bob/ }).waitFor();
  await signOut(window);

  await expect(new Entrance(window).userName).toHaveValue('bob');
  await window.getByLabel('Password', { exact: true }).fill(password);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Enter your verification code' })).toBeVisible();
  expect.soft(await violations(window)).toEqual([]);
  await window.getByLabel('Verification code', { exact: true }).fill(recovery);
  await window.keyboard.press('Enter');
  await window.getByRole('button', { name: /^Signed in as Bob/ }).waitFor();
  // The mail that tells of the recovery code.
  expect((await mailSink.mailTo('bob@example.com')).subject).toBe('One of your recovery codes was used');
});

test('the first administrator sets up a second factor in the settings, and unlocks with a code', async ({
  launchConsole,
}) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await openSettings(window);
  expect.soft(await violations(window)).toEqual([]);
  await expect(window.getByText('This console')).toBeVisible();
  await new SecondFactor(window).setUp.click();
  const secret = await new SecondFactor(window).secret();
  await new SecondFactor(window).code.fill(codeAt(secret, Date.now() - 30_000));
  await window.keyboard.press('Enter');
  await new SecondFactor(window).saved.check();
  await new SecondFactor(window).proceed.click();
  await expect(window.getByText('10 recovery codes left.')).toBeVisible();

  await new Rail(window).lock();
  await new Lock(window).useCode.click();
  await new Lock(window).code.fill(codeAt(secret, Date.now() + 30_000));
  await new Lock(window).unlock.click();
  await window.getByRole('heading', { name: 'Operators', exact: true }).waitFor();
});

test('an operator signs in with the identity provider in the browser, and giving up leaves the form', async ({
  launchConsole,
}) => {
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
    await openSettings(window);
    await window.getByLabel('Operators can sign in with the identity provider').check();
    await window.getByLabel('Name on the sign-in button').fill('Example ID');
    await window.getByLabel('Issuer').fill(provider.issuer);
    await window.getByLabel('Client ID').fill(client.clientId);
    await window.getByLabel('Client secret').fill(client.secret);
    const section = window.getByRole('region', { name: 'Identity provider' });
    await new SettingsScreen(window).saveProvider.click();
    await expect(section.getByText('Saved.')).toBeVisible();
    await new SettingsScreen(window).testProvider.click();
    await expect(section.getByText(`${provider.issuer} responds.`)).toBeVisible();
    await signOut(window);
    await window.reload();

    await new Entrance(window).provider.click();
    await window.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(window.getByText('The sign-in in the browser was cancelled. Start again.')).toBeVisible();

    await app.evaluate(() => {
      (globalThis as { opened?: string }).opened = '';
    });
    await new Entrance(window).provider.click();
    await expect.poll(opened).toContain(provider.issuer);
    const callback = await signInAt(await opened(), 'ann-at-id');
    expect((await fetch(`${callback.origin}/callback?code=guess&state=guess`)).status).toBe(404);
    expect(await (await fetch(callback)).text()).toContain('Go back to Reset Desk');
    await window.getByRole('button', { name: /^Signed in as Ann/ }).waitFor();
    await expect(new Desk(window).search).toBeVisible();

    const proveInBrowser = async () => {
      await app.evaluate(() => {
        (globalThis as { opened?: string }).opened = '';
      });
      const change = window.getByRole('button', { name: 'Use Example ID instead' });
      if (await change.isVisible()) await change.click();
      await new Lock(window).unlock.click();
      await expect(window.getByText('Your browser is open at Example ID.', { exact: false })).toBeVisible();
      await expect.poll(opened).toContain('prompt=login');
      return signInAt(await opened(), 'ann-at-id');
    };
    await new Rail(window).lock();
    await new Lock(window).screen.waitFor();
    // A provider that answers from an old session, whatever it is asked, proves nothing.
    provider.sayAuthTime(Math.floor(Date.now() / 1000) - 600);
    await fetch(await proveInBrowser());
    await expect(window.getByRole('alert')).toContainText('identity provider’s response was not accepted');
    expect.soft(await violations(window)).toEqual([]);
    provider.sayAuthTime('as it is');
    await fetch(await proveInBrowser());
    await expect(new Desk(window).search).toBeVisible();
  } finally {
    await provider.stop();
  }
});
