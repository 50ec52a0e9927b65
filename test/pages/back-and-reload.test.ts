import { beforeEach, describe, expect, it } from 'vitest';
import { linkFor } from '../backend/desk-call.ts';
import { deskWithPages, type AtThePages, type DeskWithPages } from './desk-with-pages.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('Back and Reload, %s', (_name, javaScriptEnabled) => {
  const startDesk = deskWithPages();
  let sink: DeskWithPages['sink'];
  let page: AtThePages['page'];
  let user: AtThePages['user'];
  /** How often the browser has sent a form. */
  let sent: number;
  beforeEach(async () => {
    const started = await startDesk();
    ({ sink } = started);
    ({ page, user } = await started.browse(javaScriptEnabled));
    sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') sent += 1;
    });
  });

  const openLink = async () => {
    await page.goto('/forgot-password');
    await user.field('Email address or user name').fill(marlene);
    await user.press('Reset password');
    await user.heading('Check your email');
    await page.goto(await linkFor(sink, marlene));
  };
  const message = () => page.locator('[role=alert]').innerText();

  it('show a refused sign-in again without sending it again', async () => {
    await user.signIn('m.okafor', 'wrong');
    expect(await message()).toContain('The user name or password is wrong');
    await page.reload();
    expect(await message()).toContain('The user name or password is wrong');
    expect(await user.field('User name or email address').inputValue()).toBe('m.okafor');
    expect(await user.field('Password').inputValue()).toBe('');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await user.heading('Forgot password?');
    await page.goBack();
    expect(await message()).toContain('The user name or password is wrong');
    expect(sent).toBe(1);
    // A visit of its own starts with an empty form.
    await page.goto('/login');
    expect(await page.locator('[role=alert]').count()).toBe(0);
  });

  it('resend only the form that was shown', async () => {
    await openLink();
    await user.choose('short', 'Reset password');
    expect(await message()).toContain('The password was not changed:');
    await page.reload();
    expect(await message()).toContain('It is too short');
    await user.choose(password, 'Reset password');
    await user.heading('Your password was reset');
    await page.reload();
    await user.heading('Your password was reset');
    const back = await page.goBack();
    await user.heading('This link was already used');
    expect(back?.status()).toBe(410);
    // The request for the link, a refused password and an accepted one.
    expect(sent).toBe(3);
  });

  it('find one reset behind a button that was pressed twice', async () => {
    await openLink();
    await user.field('New password').fill(password);
    await user.field('Confirm new password').fill(password);
    await page.getByRole('button', { name: 'Reset password', exact: true }).dblclick();
    await user.heading('Your password was reset');
    // The request for the link and one password.
    expect(sent).toBe(2);
    await page.goBack();
    await user.heading('This link was already used');
  });

  it('show the answer to a request for a link again without a second request', async () => {
    await page.goto('/forgot-password');
    await user.field('Email address or user name').fill('not an address@');
    await page.locator('form').evaluate((form: HTMLFormElement) => form.submit());
    await page.locator('[role=alert]').waitFor();
    await page.reload();
    await user.field('Email address or user name').fill(marlene);
    await user.press('Reset password');
    await user.heading('Check your email');
    await page.reload();
    await user.heading('Check your email');
    expect(await page.innerText('main')).toContain(marlene);
    expect(sent).toBe(2);
  });

  it('send no password again on the pages of a signed-in user', async () => {
    await openLink();
    await user.choose(password, 'Reset password');
    await user.signIn('m.okafor', password);
    await user.heading('Your account');
    const before = sent;
    for (const [path, button, heading] of [
      ['/account/recovery-codes', 'Create 10 new codes', 'Recovery codes'],
      ['/account/authenticator', 'Set up an authenticator app', 'Authenticator app'],
    ] as const) {
      await page.goto(path);
      await user.field('Current password').fill('wrong');
      await user.press(button);
      expect(await message()).toContain('The password is wrong.');
      await page.reload();
      expect(await message()).toContain('The password is wrong.');
      await user.heading(heading);
    }
    await user.field('Current password').fill(password);
    await user.press('Set up an authenticator app');
    const secret = await page.locator('strong.code').innerText();
    await page.reload();
    expect(await page.locator('strong.code').innerText()).toBe(secret);
    await user.field('Verification code').fill('000000');
    await user.press('Set up');
    expect(await message()).toContain('The code is wrong or has expired.');
    await page.reload();
    expect(await page.locator('strong.code').count()).toBe(0);

    await page.goto('/account/recovery-codes');
    await user.field('Current password').fill(password);
    await user.press('Create 10 new codes');
    await user.heading('Your new recovery codes');
    expect(await page.locator('.codes li').count()).toBe(10);
    await page.reload();
    await user.heading('Recovery codes');
    expect(await page.innerText('main')).toContain('10 of 10 codes left.');
    await page.goBack();
    expect(await page.locator('.codes li').count()).toBe(0);
    expect(sent - before).toBe(5);
  });
});
