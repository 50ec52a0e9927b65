import { chromium } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import { apiTest, marlene } from '../fixtures/api.ts';
import { browserOf } from '../backend/desk-call.ts';
import { expectAccessible } from './browse.ts';
import { browserAt } from './browser.ts';
import { readPageRoutes } from './page-routes.ts';

const manager = 'anna.smith0@example.com';
/** Links in a mail, by the page that they lead to. */
const linkIn = (text: string | undefined, page: string): string =>
  new RegExp(`https?://[^/\\s]+(/${page}/[\\w.-]+)`).exec(text ?? '')?.[1] ?? '';

/** The forms of a robot that presses each button and fills in nothing: only the page's own values. */
function formsOf(
  html: string,
): readonly { readonly action: string; readonly fields: Record<string, string> }[] {
  return [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].flatMap(
    ([, action = '', inner = '']) => {
      const fields: Record<string, string> = {};
      for (const [input] of inner.matchAll(/<input[^>]*>/gs)) {
        const attribute = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1];
        const isChoice = ['radio', 'checkbox'].includes(attribute('type') ?? '');
        if (!isChoice || /\schecked/.test(input)) fields[attribute('name') ?? ''] = attribute('value') ?? '';
      }
      const buttons = [...inner.matchAll(/<button[^>]*>/g)];
      return buttons.map(([button]) => ({
        action: /formaction="([^"]+)"/.exec(button)?.[1] ?? action,
        fields,
      }));
    },
  );
}

/** `links` has a live link of every kind; `readState` reads everything except the audit log. */
const it = apiTest
  .extend('links', async ({ desk, verifiedCase, mailSink, backend }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'one-press');
    const notMe = linkIn((await mailSink.mailTo(marlene)).text, 'not-me');
    await browserOf(backend.ask).go('POST', '/forgot-password', { address: marlene });
    const reset = linkIn((await mailSink.mailTo(marlene)).text, 'reset');
    const { body: opened } = await desk.call<CaseView>('POST', '/cases', {
      accountId: await desk.accountId('c.celik7'),
    });
    await desk.call('POST', `/cases/${opened.id}/checks`, { kind: 'managers-word' });
    const { text: asked } = await mailSink.mailTo(manager);
    await desk.call('POST', '/operators', {
      userName: 'bob',
      displayName: 'Bob Example',
      email: 'bob@example.com',
      roles: ['operator'],
      scope: { departments: [], tiers: [], directories: [] },
    });
    const { text: invited } = await mailSink.mailTo('bob@example.com');
    return {
      '/reset/:token': reset,
      '/not-me/:token': notMe,
      '/managers-word/:token': linkIn(asked, 'managers-word'),
      '/report/:token': linkIn(asked, 'report'),
      '/invitation/:token': linkIn(invited, 'invitation'),
    } as const;
  })
  .extend('readState', ({ backend }) => async () => {
    const { audit_events: _events, audit_checkpoints: _signed, ...tables } = await backend.readTables();
    return tables;
  })
  .extend('newEvents', async ({ backend, links }) => {
    if (Object.values(links).includes('')) throw new Error(`A mail has no link: ${JSON.stringify(links)}`);
    const before = (await backend.readAudit()).length;
    return async () => (await backend.readAudit()).slice(before);
  });

describe('the links of every mail', () => {
  it.for(['.', '>', ')', '),', '%20', '%C2%A0', '/', '%E2%80%9D', '%E2%80%8B', '*', '_', '%20now'])(
    'open with %s behind them',
    async (tail, { links, backend }) => {
      for (const link of Object.values(links)) {
        const answer = await backend.ask('GET', `${link}${tail}`);
        expect([link, answer.status]).toEqual([link, 200]);
        expect(await answer.text()).toContain(`value="${link.split('/').at(-1)}"`);
      }
    },
  );
});

describe('a mail scanner at the links of every mail', () => {
  it('meets every page that a mailed link leads to', async ({ links }) => {
    const withToken = (await readPageRoutes()).map(({ path }) => path).filter((path) => path.includes(':'));
    expect(withToken.toSorted()).toEqual(Object.keys(links).toSorted());
  });

  it('leaves no trace by HEAD', async ({ links, backend, readState, newEvents }) => {
    const before = await readState();
    for (const link of [...Object.values(links), '/reset/unknown', '/invitation/unknown']) {
      const { status } = await backend.ask('HEAD', link);
      expect([link, status]).toEqual([link, link.endsWith('/unknown') ? 410 : 200]);
    }
    expect(await newEvents()).toEqual([]);
    expect(await readState()).toEqual(before);
  });

  it('is recorded as an unknown client that fetched an address, never as the person', async ({
    links,
    backend,
    desk,
    newEvents,
  }) => {
    for (const link of Object.values(links))
      for (let times = 0; times < 2; times += 1) expect((await backend.ask('GET', link)).status).toBe(200);
    const events = await newEvents();
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set(['reset-link.fetched', 'operator.link-fetched']),
    );
    expect(events).toHaveLength(2);
    for (const event of events)
      expect(event).toMatchObject({ actor_kind: 'system', client_address: '127.0.0.1' });
    const id = await desk.accountId('m.okafor');
    const { body } = await desk.call<{ entries: { action: string; actor: object }[] }>(
      'GET',
      `/accounts/${id}/timeline`,
    );
    expect(body.entries.find(({ action }) => action === 'reset-link.fetched')?.actor).toMatchObject({
      kind: 'system',
    });
  });

  it('that presses the buttons of a page changes nothing', async ({
    links,
    backend,
    readState,
    newEvents,
  }) => {
    const robot = browserOf(backend.ask);
    const pages = new Map<string, string>();
    for (const link of Object.values(links)) pages.set(link, (await robot.go('GET', link)).text);
    const before = await readState();
    for (const [link, html] of pages) {
      const forms = formsOf(html);
      expect([link, forms.length > 0]).toEqual([link, true]);
      for (const { action, fields } of forms) {
        const answer = await robot.go('POST', action, fields);
        expect([link, answer.status]).toEqual([link, 422]);
        expect(answer.text).toContain('role="alert"');
      }
    }
    expect(await readState()).toEqual(before);
    for (const link of Object.values(links)) expect((await robot.go('GET', link)).status).toBe(200);
    const actions = (await newEvents()).map(({ action }) => action);
    expect(actions.filter((action) => !/fetched|password-change-refused/.test(action))).toEqual([]);
  });

  it('that presses them in a real browser changes nothing', async ({ links, backend, readState }) => {
    const chrome = await chromium.launch({ executablePath: browserAt(), args: ['--no-sandbox'] });
    try {
      const context = await chrome.newContext({ baseURL: backend.address() });
      const page = await context.newPage();
      for (const link of Object.values(links)) await page.goto(link);
      const before = await readState();
      for (const link of Object.values(links)) {
        await page.goto(link);
        const count = await page.locator('main form button').count();
        expect([link, count > 0]).toEqual([link, true]);
        for (let index = 0; index < count; index += 1) {
          await page.locator('main form button').nth(index).click({ noWaitAfter: true });
          // A robot may ignore what a browser requires of a person.
          await page.goto(link);
          await page
            .locator('main form')
            .nth(0)
            .evaluate((form: HTMLFormElement) => form.submit());
          await page.waitForURL(/result=/);
        }
      }
      expect(await readState()).toEqual(before);
    } finally {
      await chrome.close();
    }
  }, 60_000);

  it('finds pages that are accessible to a person', { timeout: 120_000 }, async ({ links, backend }) => {
    const chrome = await chromium.launch({ executablePath: browserAt(), args: ['--no-sandbox'] });
    try {
      const page = await (await chrome.newContext({ baseURL: backend.address() })).newPage();
      for (const link of Object.values(links)) {
        await page.goto(link);
        await expectAccessible(page);
        await page.locator('main form').evaluate((form: HTMLFormElement) => form.submit());
        await page.waitForURL(/result=/);
        await page.locator('[role=alert]').waitFor();
        await expectAccessible(page);
      }
    } finally {
      await chrome.close();
    }
  });

  it('leaves each link to the person, who is recorded for what they send', async ({
    links,
    backend,
    newEvents,
  }) => {
    const person = browserOf(backend.ask);
    const tokenOf = (link: string) => link.split('/')[2] ?? '';
    for (const link of Object.values(links)) await person.go('GET', link);
    const [yes, chosen] = [{ confirmed: 'yes' }, { password: 'Quiet+Harbour7', repeated: 'Quiet+Harbour7' }];
    const send = (page: string, fields: Record<string, string>) =>
      person.go('POST', page, { token: tokenOf(links[`${page}/:token` as keyof typeof links]), ...fields });
    const question = (await person.go('GET', links['/managers-word/:token'])).text;
    const [, name = ''] = /they are <strong>([^<]+)</.exec(question) ?? [];
    expect((await send('/managers-word', { word: 'yes', name })).text).toContain('Thank you');
    expect((await send('/reset', chosen)).to).toBe('/reset/done');
    expect((await send('/report', yes)).text).toContain('Thank you for your report');
    expect((await send('/invitation', chosen)).text).toContain('Your password is set');
    expect((await send('/not-me', yes)).text).toContain('The account is frozen');
    const told = (await newEvents()).map(({ action, actor_kind: kind, actor_name: who }) => [
      action,
      kind,
      who,
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['check.passed', 'user', 'Anna Smith'],
        ['reset-link.used', 'user', 'Marlene Okafor'],
        ['account.reported', 'system', null],
        ['operator.joined', 'operator', 'Bob Example'],
        ['account.frozen', 'user', 'Marlene Okafor'],
      ]),
    );
  });

  it('that guesses the answer of a manager without the caller’s name gives none', async ({
    links,
    backend,
  }) => {
    const robot = browserOf(backend.ask);
    const token = links['/managers-word/:token'].replace('/managers-word/', '');
    for (const word of ['yes', 'no'])
      for (const name of ['', 'yes', 'Anna', 'Ann Example']) {
        const answer = await robot.go('POST', '/managers-word', { token, word, name });
        expect([word, name, answer.status]).toEqual([word, name, 422]);
        expect(answer.text).toContain('No answer was sent yet.');
      }
  });
});
