import { describe, expect, it } from 'vitest';
import { account } from '../../backend/casework/decision/case-facts-for-test.ts';
import { reviewPage } from '../../backend/web/pages/account/account-page.ts';
import { choosePage, type Choosing } from '../../backend/web/pages/choose-password/choose-page.ts';
import { invitationPage } from '../../backend/web/pages/invitation/invitation-views.ts';
import { html } from '../../backend/web/pages/markup.ts';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { policyFor } from '../../shared/password-policy/policy.ts';

const asked = policyFor(defaultPolicy.passwords);
const choosing = {
  action: '/change-password',
  account,
  asked,
  faults: ['too-short'],
  until: null,
  now: 0,
} as const;
const pages: Readonly<Record<string, string>> = Object.fromEntries([
  ...(['temporary', 'required', 'own', 'link'] as const).map((why) => [
    `choose a password: ${why}`,
    choosePage({ ...choosing, why } as unknown as Choosing),
  ]),
  ...(['invitation', 'password'] as const).map((purpose) => [
    `operator's link: ${purpose}`,
    invitationPage({ token: 'token', purpose, userName: 'olga', asked, faults: [] }),
  ]),
]);

describe.each(Object.entries(pages))('the page %s', (_name, text) => {
  it('has its fields before the rules', () => {
    const [field, rules] = [text.indexOf('id="password"'), text.indexOf('id="rules"')];
    expect(field).toBeGreaterThan(0);
    expect(rules).toBeGreaterThan(field);
  });

  it('has fields that can be shown and rules that are marked while typing', () => {
    expect(text.match(/class="secret"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).toContain('data-policy=');
    expect(text).toContain('/pages.js');
  });
});

it('names what each link of the review leads to', () => {
  const view = { authenticator: null, recoveryCodes: null, questions: [] };
  const text = reviewPage(account, ['second@example.com'], view as never, html``);
  const links = [...text.matchAll(/<a href="\/account\/contact"[^>]*>([^<]+)</g)].map(([, link]) => link);
  expect(links).toHaveLength(3);
  expect(new Set(links).size).toBe(3);
});
