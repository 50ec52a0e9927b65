import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { codeFor, deskOf, linkFor } from '../api/desk-call.ts';
import { browserAt } from './browser.ts';

const marlene = 'marlene.okafor@example.com';

describe('the self-service pages in a real browser', () => {
  let chrome: Browser;
  let sink: MailSink;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let page: Page;
  beforeAll(async () => {
    chrome = await chromium.launch({ executablePath: browserAt(), args: ['--no-sandbox'] });
  });
  afterAll(() => chrome.close());
  beforeEach(async () => {
    sink = await startMailSink();
    backend = await startTestBackend(sink.url);
    page = await (await chrome.newContext({ baseURL: backend.address() })).newPage();
  });
  afterEach(async () => {
    await page.context().close();
    await backend.stop();
    await sink.stop();
  });

  /** A reset of Marlene's password by an operator who verified her. */
  const resetFor = async (action: 'temporary-password' | 'reset-link'): Promise<string> => {
    const desk = deskOf(backend.ask, (await backend.setUp()).accessToken);
    await desk.call('POST', '/imports/samples', {});
    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    await desk.readBack(started.body.case, await codeFor(sink, marlene));
    const grant = await desk.mint(opened.id, action);
    const { body } = await desk.reset(opened.id, grant.body.id, action, 'the-press');
    return action === 'temporary-password' ? (body.temporaryPassword ?? '') : linkFor(sink, marlene);
  };
  const withoutViolations = async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    }
  };
  const choose = async (password: string, button = 'Set password') => {
    await page.getByLabel('New Password', { exact: true }).fill(password);
    await page.getByLabel('Confirm New Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: button }).click();
  };

  it('lead from a temporary password to an own one', async () => {
    const temporary = await resetFor('temporary-password');
    await page.goto('/');
    await withoutViolations();
    await page.getByLabel('User name').fill('m.okafor');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('m.okafor');
    await withoutViolations();
    await page.getByLabel('Password', { exact: true }).fill(temporary);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await choose('short');
    expect(await page.getByRole('alert').textContent()).toContain(
      'It is too short: it needs at least 8 characters.',
    );
    await withoutViolations();
    await choose('Quiet+Harbour7');
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await withoutViolations();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
  });

  it('lead from a reset link to the sign-in, and say what a dead link is', async () => {
    const path = await resetFor('reset-link');
    await page.goto(path);
    await withoutViolations();
    await choose('Quiet+Harbour7', 'Reset Password');
    expect(await page.getByRole('status').textContent()).toContain('Your new password is set');
    await page.goto(path);
    await page.getByRole('heading', { name: 'This link was used already' }).waitFor();
    await withoutViolations();
  });
});
