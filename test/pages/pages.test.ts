import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeFor, linkFor } from '../backend/desk-call.ts';
import { expectAccessible, userAt } from './browse.ts';
import { deskWithPages, type AtThePages, type DeskWithPages } from './desk-with-pages.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';

describe('the self-service pages in a real browser', () => {
  const startDesk = deskWithPages();
  let sink: DeskWithPages['sink'];
  let backend: DeskWithPages['backend'];
  let desk: DeskWithPages['desk'];
  let browse: DeskWithPages['browse'];
  let page: AtThePages['page'];
  let user: AtThePages['user'];
  beforeEach(async () => {
    ({ sink, backend, desk, browse } = await startDesk());
    ({ page, user } = await browse());
  });

  const askForLink = async () => {
    await page.goto('/forgot-password');
    await user.field('Email address or user name').fill(marlene);
    await user.press('Reset password');
    await user.heading('Check your email');
    return linkFor(sink, marlene);
  };
  const signedIn = async () => {
    await page.goto(await askForLink());
    await user.choose(password, 'Reset password');
    await user.heading('Your password was reset');
    await user.signIn('m.okafor', password);
    await user.heading('Your account');
  };
  const digitsOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: backend.clock.at,
    });
  const enrol = async (): Promise<string> => {
    await page.goto('/account/authenticator');
    await user.field('Current password').fill(password);
    await user.press('Set up an authenticator app');
    const secret = await page.locator('strong.code').innerText();
    await user.field('Verification code').fill(digitsOf(secret));
    await user.press('Set up');
    await page.getByText('The authenticator app is set up.').waitFor();
    return secret;
  };

  it('are accessible in light and dark and fit a small phone, before the sign-in', async () => {
    const link = await askForLink();
    await expectAccessible(page);
    for (const path of ['/login', '/forgot-password', '/help', '/reset/nothing', link, '/no-such-page']) {
      await page.goto(path);
      await expectAccessible(page);
    }
    await user.signIn('m.okafor', 'wrong');
    await page.locator('[role=alert]').waitFor();
    await expectAccessible(page);
    await page.goto(link);
    await user.choose('short', 'Reset password');
    await page.locator('[role=alert]').waitFor();
    await expectAccessible(page);
    await user.choose(password, 'Reset password');
    await user.heading('Your password was reset');
    await expectAccessible(page);
    expect(new URL(page.url()).pathname).toBe('/reset/done');
  }, 60_000);

  it('are accessible in light and dark and fit a small phone, for the signed-in user', async () => {
    await signedIn();
    for (const path of ['', '/review', '/sessions', '/activity', '/authenticator', '/recovery-codes']) {
      await page.goto(`/account${path}`);
      await expectAccessible(page);
    }
    for (const path of ['/account/questions', '/change-password']) {
      await page.goto(path);
      await expectAccessible(page);
    }
    await page.goto('/account/authenticator');
    await user.field('Current password').fill(password);
    await user.press('Set up an authenticator app');
    await page.locator('.qr svg').waitFor();
    await expectAccessible(page);
    await page.goto('/account/recovery-codes');
    await user.field('Current password').fill(password);
    await user.press('Create 10 new codes');
    await user.heading('Your new recovery codes');
    await expectAccessible(page);
    expect(await page.locator('.codes li').count()).toBe(10);
  }, 60_000);

  it('go from the mail to the account by keyboard alone', async () => {
    // The browser focuses the first field once the page is drawn.
    const focused = page.locator('input:focus');
    await page.goto(await askForLink());
    await focused.waitFor();
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Show');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await user.heading('Your password was reset');
    await page.getByRole('link', { name: 'Sign in' }).focus();
    await page.keyboard.press('Enter');
    await user.heading('Sign in');
    await focused.waitFor();
    await page.keyboard.type('m.okafor');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await user.heading('Your account');
  }, 60_000);

  it('say of each rule whether it is kept while a password is typed', async () => {
    await page.goto(await askForLink());
    const classes = async () =>
      Object.fromEntries(
        await page
          .locator('#rules li')
          .evaluateAll((lines) => lines.map((line) => [line.getAttribute('data-rule'), line.className])),
      );
    await user.field('New password').pressSequentially('okafor7');
    expect(await classes()).toMatchObject({
      'too-short': 'broken',
      'no-upper-case': 'broken',
      'no-lower-case': 'kept',
      'no-digit': 'kept',
      'contains-name': 'broken',
      'used-before': '',
      'common-word': '',
    });
    await user.field('New password').fill(password);
    expect(Object.values(await classes())).not.toContain('broken');
    await user.field('Confirm new password').fill('other');
    await page.getByText('The two passwords do not match.').waitFor();
    await page.getByRole('button', { name: 'Show New password' }).click();
    expect(await user.field('New password').getAttribute('type')).toBe('text');
    expect(await page.innerText('main')).toMatch(/\(2[34] h \d\d min left\)/);
  });

  it('load less than 30 kB from the backend alone', async () => {
    const loaded: { url: string; bytes: number }[] = [];
    page.on('response', (response) => {
      // A redirect has no body.
      if (response.status() === 303) return;
      void response.body().then((body) => loaded.push({ url: response.url(), bytes: body.length }));
    });
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(await askForLink(), { waitUntil: 'networkidle' });
    expect(loaded.every(({ url }) => url.startsWith(backend.address()))).toBe(true);
    const last = loaded.slice(-3).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(last).toBeLessThan(30_000);
    expect(refused).toEqual([]);
    const { headers } = await backend.ask('GET', '/login');
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none'; style-src 'self'; script-src 'self'",
    );
  });

  it('help password managers', async () => {
    const known = await backend.ask('GET', '/.well-known/change-password');
    expect([known.status, known.headers.get('location')]).toEqual([302, '/change-password']);
    await page.goto(await askForLink());
    expect(await user.field('New password').getAttribute('passwordrules')).toBe(
      'minlength: 16; required: upper; required: lower; required: digit; required: [-().&@?+/,#];',
    );
    expect(await page.locator('input[autocomplete=username]').inputValue()).toBe('m.okafor');
    await signedIn();
    await page.context().clearCookies();
    await page.goto('/.well-known/change-password');
    await user.heading('Sign in');
    await user.field('User name or email address').fill('m.okafor');
    await user.field('Password').fill(password);
    await user.press('Sign in');
    await user.heading('Choose a new password');
  });

  it('lead from the sign-in to the change that an administrator requires', async () => {
    await signedIn();
    await desk.call('POST', '/required-resets', {
      id: randomUUID(),
      audience: { kind: 'list', names: ['m.okafor'] },
      reason: 'Passwords of another service were stolen.',
      dueAt: new Date(backend.clock.at + 14 * 24 * 3_600_000).toISOString(),
    });
    await user.signIn('m.okafor', password);
    await user.heading('Choose a new password');
    await page.getByText('Passwords of another service were stolen.').waitFor();
    await expectAccessible(page);
    await page.goto('/account');
    await user.heading('Choose a new password');
    await user.choose('Calm_Lantern42', 'Set password');
    await page.getByText('Your new password is set.').waitFor();
    const { body } = await desk.call<{ requiredResets: { state: string }[] }>('GET', '/required-resets');
    expect(body.requiredResets.map(({ state }) => state)).toEqual(['finished']);
    await user.signIn('m.okafor', 'Calm_Lantern42');
    await page.waitForURL(/\/account/);
  });

  it('let the user change the password only with the current one', async () => {
    await signedIn();
    await page.goto('/change-password');
    await user.field('Current password').fill('not mine');
    await user.choose('Calm_Lantern42', 'Set password');
    await page.getByText('The current password is wrong.').waitFor();
    await user.field('Current password').fill(password);
    await user.choose('Calm_Lantern42', 'Set password');
    await page.getByText('Your new password is set.').waitFor();
    await user.signIn('m.okafor', password);
    expect(await page.locator('[role=alert]').innerText()).toContain('The user name or password is wrong');
  });

  it('ask for the authenticator’s code at the sign-in', async () => {
    await signedIn();
    const secret = await enrol();
    await page.goto('/account/recovery-codes');
    await user.field('Current password').fill(password);
    await user.press('Create 10 new codes');
    const [recovery = ''] = await page.locator('.codes li').allInnerTexts();
    await page.context().clearCookies();
    backend.clock.at += 60_000;
    await user.signIn('m.okafor', password);
    await user.heading('Two-factor authentication');
    await page.goto('/account');
    await user.heading('Two-factor authentication');
    await expectAccessible(page);
    await user.field('Verification code').fill('000000');
    await user.press('Sign in');
    await page.getByText('The code is wrong or was already used.').waitFor();
    await user.field('Verification code').fill(digitsOf(secret));
    await user.press('Sign in');
    await user.heading('Your account');
    await page.context().clearCookies();
    await user.signIn('m.okafor', password);
    await user.field('Verification code').fill(recovery);
    await user.press('Sign in');
    await user.heading('Your account');
    await page.context().clearCookies();
    await user.signIn('m.okafor', password);
    await user.field('Verification code').fill(recovery);
    await user.press('Sign in');
    await page.getByText('The code is wrong or was already used.').waitFor();
    backend.clock.at += 60_000;
    await user.field('Verification code').fill(digitsOf(secret));
    await user.press('Sign in');
    await user.heading('Your account');
    await page.goto('/account/authenticator');
    await user.field('Current password').fill('wrong');
    await user.press('Remove the authenticator app');
    await page.getByText('The password is wrong. Nothing was changed.').waitFor();
    await user.field('Current password').fill(password);
    await user.press('Remove the authenticator app');
    await page.getByText('The authenticator app was removed.').waitFor();
    await page.context().clearCookies();
    await user.signIn('m.okafor', password);
    await user.heading('Your account');
    expect(new URL(page.url()).pathname).toBe('/account');
  }, 40_000);

  it('lock the account after five wrong codes', async () => {
    await signedIn();
    const secret = await enrol();
    await page.context().clearCookies();
    backend.clock.at += 60_000;
    for (let tries = 0; tries < 5; tries += 1) {
      await user.signIn('m.okafor', password);
      await user.field('Verification code').fill('000000');
      await user.press('Sign in');
      await page.locator('[role=alert]').waitFor();
    }
    await user.heading('Sign in');
    await user.signIn('m.okafor', password);
    await page.locator('[role=alert]').waitFor();
    await user.heading('Sign in');
    expect(digitsOf(secret)).toMatch(/^\d{6}$/);
  }, 40_000);

  it('end other sessions', async () => {
    await signedIn();
    const { page: other } = await browse();
    await userAt(other).signIn('m.okafor', password);
    await userAt(other).heading('Your account');
    await page.goto('/account/sessions');
    expect(await page.locator('.rows li').count()).toBe(2);
    await user.press('Sign out: Chrome on Linux');
    await page.getByText('Signed out.').waitFor();
    await other.goto('/account');
    await userAt(other).heading('Sign in');
    await other.context().close();

    await page.goto('/account/questions');
    for (const number of [1, 2, 3]) await user.field(`Answer ${number}`).fill(`Answer of ${number}`);
    await user.field('Current password').fill(password);
    await user.press('Save questions');
    await page.getByText('Your security questions were saved.').waitFor();

    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    await desk.readBack(started.body.case, await codeFor(sink, marlene));
    await page.goto('/account/activity');
    const told = await page.locator('.rows li').allInnerTexts();
    expect(told.join('\n')).toContain('Someone contacted the help desk about your account.');
    expect(told.join('\n')).toContain('The security questions were changed.');
    expect(told.join('\n')).toContain('A new password was set with a reset link.');
    expect(told.join('\n')).not.toContain('Ann Example');
  });
});
