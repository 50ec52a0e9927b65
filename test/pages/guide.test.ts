import { beforeEach, describe, expect, it } from 'vitest';
import { codeFor, linkFor } from '../backend/desk-call.ts';
import { deskWithPages, type AtThePages, type DeskWithPages } from './desk-with-pages.ts';

const marlene = 'marlene.okafor@example.com';
const hour = 3_600_000;

/** The product's own guide, sentence by sentence, for a user with and without JavaScript in the browser. */
describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('the guide, %s', (_name, javaScriptEnabled) => {
  const startDesk = deskWithPages();
  let sink: DeskWithPages['sink'];
  let backend: DeskWithPages['backend'];
  let desk: DeskWithPages['desk'];
  let page: AtThePages['page'];
  let user: AtThePages['user'];
  beforeEach(async () => {
    const started = await startDesk();
    ({ sink, backend, desk } = started);
    ({ page, user } = await started.browse(javaScriptEnabled));
  });

  /** Resets as an administrator who has verified the caller. */
  const resetByTheDesk = async (action: 'temporary-password' | 'reset-link'): Promise<string> => {
    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    await desk.readBack(started.body.case, await codeFor(sink, marlene));
    const grant = await desk.mint(opened.id, action);
    const { body } = await desk.reset(opened.id, grant.body.id, action, 'the-press');
    return action === 'temporary-password' ? (body.temporaryPassword ?? '') : linkFor(sink, marlene);
  };
  const askForLink = async (address: string) => {
    await page.goto('/login');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await user.field('Email address or user name').fill(address);
    await user.press('Reset password');
    await user.heading('Check your email');
  };
  const openLink = async () => {
    await askForLink(marlene);
    const path = await linkFor(sink, marlene);
    await page.goto(path);
    return path;
  };
  const texts = (selector: string) => page.locator(selector).allInnerTexts();

  describe('From the login page', () => {
    it('the login page has “Forgot password?” below the form', async () => {
      await page.goto('/login');
      const form = await page.getByRole('button', { name: 'Sign in' }).boundingBox();
      const link = await page.getByRole('link', { name: 'Forgot password?', exact: true }).boundingBox();
      expect(link?.y).toBeGreaterThan((form?.y ?? Infinity) + (form?.height ?? 0));
    });
    it('the user types the email address, presses “Reset password”, and gets a mail with a link', async () => {
      await askForLink('Marlene.Okafor@example.com');
      const mail = await sink.mailTo(marlene);
      expect(mail.subject).toBe('Reset your password');
      expect(mail.text).toMatch(/\/reset\/[\w-]{43}\n/);
    });
    it('the link leads to a page with “New password”, “Confirm new password” and “Reset password”', async () => {
      await openLink();
      await user.heading('Choose a new password');
      expect(await user.field('New password').getAttribute('type')).toBe('password');
      expect(await user.field('Confirm new password').getAttribute('autocomplete')).toBe('new-password');
      expect(await page.getByRole('button', { name: 'Reset password' }).count()).toBe(1);
    });
    it('the user then signs in with the new password to review the account', async () => {
      await openLink();
      await user.choose('Quiet+Harbour7', 'Reset password');
      await user.heading('Your password was reset');
      expect(await page.innerText('main')).toContain('You were not signed in automatically.');
      await page.goto('/account');
      expect(new URL(page.url()).pathname).toBe('/login');
      // A user who asked for the link is offered the review first, but not sent there.
      await user.signIn('m.okafor', 'Quiet+Harbour7');
      await user.heading('Your account');
      await page.getByRole('link', { name: 'Review now' }).click();
      await user.heading('Review your account');
      const shown = await page.innerText('main');
      for (const item of ['Security questions', 'Authenticator', 'Recovery codes', marlene, 'Phone number'])
        expect(shown).toContain(item);
      await user.press('Everything is correct');
      await user.heading('Your account');
      await user.signIn('m.okafor', 'Quiet+Harbour7');
      await user.heading('Your account');
    });
  });

  describe('Through an administrator', () => {
    it('a temporary password leads the user to set a new one', async () => {
      const temporary = await resetByTheDesk('temporary-password');
      await user.signIn('m.okafor', temporary);
      await user.heading('Choose a new password');
      expect(await page.innerText('main')).toContain('Your temporary password is valid until');
      await user.choose('Quiet+Harbour7', 'Set password');
      await user.heading('Your account');
      expect(await page.innerText('main')).toContain('Your password was reset.');
    });
    it('a link leads the user to set a new one', async () => {
      await page.goto(await resetByTheDesk('reset-link'));
      await user.choose('Quiet+Harbour7', 'Reset password');
      await user.heading('Your password was reset');
      await user.signIn('m.okafor', 'Quiet+Harbour7');
      await user.heading('Review your account');
      expect(new URL(page.url()).pathname).toBe('/account/review');
    });
  });

  describe('A new password', () => {
    it.each([
      ['has at least 8 characters', 'Kf7%xwq', 'It is too short: it needs at least 8 characters.'],
      ['has an upper-case letter', 'kf7%xwqz', 'It has no uppercase letter.'],
      ['has a lower-case letter', 'KF7%XWQZ', 'It has no lowercase letter.'],
      ['has a number', 'Kfv%xwqz', 'It has no digit.'],
      ['has a special character', 'Kfv7xwqz', 'It has no special character, such as + or ?.'],
      ['does not contain the user name', 'M.okafor7%wqzu', 'It contains part of your name.'],
      ['is no common word', 'P@ssw0rd!7', 'It is little more than a common word.'],
    ])('%s', async (_rule, password, words) => {
      await openLink();
      await user.choose(password, 'Reset password');
      await page.locator('[role=alert]').waitFor();
      expect((await texts('[role=alert] li')).join(' ')).toContain(words);
    });
    it('differs from previous passwords', async () => {
      await openLink();
      await user.choose('Quiet+Harbour7', 'Reset password');
      await user.heading('Your password was reset');
      expect((await sink.mailTo(marlene)).subject).toBe('Your password was changed');
      await openLink();
      await user.choose('Quiet+Harbour7', 'Reset password');
      await page.locator('[role=alert]').waitFor();
      expect(await texts('[role=alert] li')).toEqual([
        'You have used it before, or it is your temporary password.',
      ]);
    });
  });

  it('the user who still cannot sign in finds five things to try', async () => {
    await page.goto('/login');
    await page.getByRole('link', { name: 'Trouble signing in?' }).click();
    await user.heading('Trouble signing in?');
    expect(await texts('.steps h2')).toEqual([
      'Check your email address',
      'Check your password',
      'Clear your browser’s cache and cookies',
      'Try another browser',
      'Contact your administrator',
    ]);
    expect(await page.innerText('main')).toContain('After 5 wrong passwords in a row');
  });

  describe('Notes', () => {
    it('links are valid for a limited time: 24 hours', async () => {
      const path = await openLink();
      expect(await page.innerText('main')).toMatch(/This link is valid until .* \(2[34] h/);
      backend.clock.at += 24 * hour - 60_000;
      await page.goto(path);
      await user.heading('Choose a new password');
      backend.clock.at += 61_000;
      await page.goto(path);
      await user.heading('This link has expired');
    });
    it('an expired link asks for a new one when it is opened', async () => {
      const path = await openLink();
      backend.clock.at += 24 * hour;
      await page.goto(path);
      await page.getByRole('link', { name: 'Request a new link' }).click();
      await user.field('Email address or user name').fill(marlene);
      await user.press('Reset password');
      const fresh = await linkFor(sink, marlene);
      await page.goto(fresh);
      await user.heading('Choose a new password');
      expect(fresh).not.toBe(path);
    });
    it('a replaced link says so when it is opened', async () => {
      const first = await openLink();
      await openLink();
      const answer = await page.goto(first);
      await user.heading('This link was replaced');
      expect(answer?.status()).toBe(410);
    });
    it('a used link says so when it is opened', async () => {
      const path = await openLink();
      await user.choose('Quiet+Harbour7', 'Reset password');
      await user.heading('Your password was reset');
      const again = await page.goto(path);
      await user.heading('This link was already used');
      expect(again?.status()).toBe(410);
    });
    it('the mail says that the desk never asks for the password', async () => {
      await askForLink(marlene);
      expect(await page.innerText('footer')).toContain(
        'We will never ask for your password by email or phone.',
      );
      expect((await sink.mailTo(marlene)).text).toContain(
        'We will never ask for your password by email or phone.',
      );
    });
    it('a reset mail that was not asked for means risk: contact the administrator at once', async () => {
      await askForLink(marlene);
      const { text } = await sink.mailTo(marlene);
      expect(text).toMatch(/If you did not request this, your account may be at risk/);
      expect(text).toContain('Contact your administrator immediately');
    });
  });
});
