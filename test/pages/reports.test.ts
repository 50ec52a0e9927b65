import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStaffedDesk, type StaffedDesk } from '../backend/staffed-desk.ts';
import { browserAt } from './browser.ts';
import { expectAccessible, userAt } from './browse.ts';

describe('the page on which a reader reports that they know nothing of a mail', () => {
  let chrome: Browser;
  let desk: StaffedDesk;
  beforeAll(async () => {
    chrome = await chromium.launch({ executablePath: browserAt(), args: ['--no-sandbox'] });
    desk = await startStaffedDesk();
  }, 60_000);
  afterAll(async () => {
    await chrome.close();
    await desk.backend.stop();
  });

  it('is accessible before and after the button', async () => {
    await desk.hire('olga', 'Olga Operator', ['operator']);
    const { body } = await desk.ann.call<{ mails: { id: string; subject: string }[] }>(
      'GET',
      '/outbox?limit=200',
    );
    const invitation = body.mails.find(({ subject }) => subject === 'Your invitation to Reset Desk');
    const mail = await desk.ann.call<{ text: string }>('GET', `/outbox/${invitation?.id ?? ''}`);
    const path = /(\/report\/[\w-]{43})/.exec(mail.body.text)?.[1] ?? '';
    const page = await (await chrome.newContext({ baseURL: desk.backend.address() })).newPage();
    await page.goto(path);
    await userAt(page).heading('Report this email?');
    await expectAccessible(page);
    await userAt(page).field('I do not know anything about this. Report it.').check();
    await userAt(page).press('Report it');
    await userAt(page).heading('Thank you for your report');
    expect(await page.innerText('main')).toContain('The administrators have been alerted');
    await expectAccessible(page);
    await page.goto('/report/nothing');
    await expectAccessible(page);
  }, 60_000);
});
