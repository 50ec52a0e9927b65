import { importCsv } from '../backend/import-csv.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkFor } from '../backend/desk-call.ts';
import { expectAccessible } from './browse.ts';
import { deskWithPages, type AtThePages, type DeskWithPages } from './desk-with-pages.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';

interface Sent {
  readonly words: string[];
  readonly sentTo: string | null;
}

describe('on the page of a user who is signed in while the help desk calls', () => {
  const startDesk = deskWithPages();
  let sink: DeskWithPages['sink'];
  let backend: DeskWithPages['backend'];
  let desk: DeskWithPages['desk'];
  let browse: DeskWithPages['browse'];
  let page: AtThePages['page'];
  beforeEach(async () => {
    ({ sink, backend, desk, browse } = await startDesk());
  });

  /** Signs Marlene in to her account, with a password of her own. */
  const signIn = async (javaScriptEnabled: boolean) => {
    const { user, ...opened } = await browse(javaScriptEnabled);
    ({ page } = opened);
    await page.goto('/forgot-password');
    await user.field('Email address or user name').fill(marlene);
    await user.press('Reset password');
    await page.goto(await linkFor(sink, marlene));
    await user.choose(password, 'Reset password');
    await user.signIn('m.okafor', password);
    await user.heading('Your account');
  };
  const box = () => page.getByRole('region', { name: 'Is it really the help desk?' });
  const prove = async (who: string) => {
    const opened = await desk.openCase(who);
    return (await desk.call<Sent>('POST', `/cases/${opened.id}/phrase`)).body;
  };

  it.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('the words and the name of the operator are shown for five minutes, %s', async (_name, script) => {
    await signIn(script);
    await page.goto('/account');
    expect(await box().count()).toBe(0);
    const { words } = await prove('m.okafor');
    await page.reload();
    expect(await box().innerText()).toContain('Ann Example');
    expect(await box().locator('.words span').allInnerTexts()).toEqual(words);
    await expect
      .poll(() => box().innerText())
      .toMatch(script ? /\((4:5\d|5:00) left\)/ : /\(5 minutes left\)/);
    await page.goto('/account/review');
    expect(await box().locator('.words span').allInnerTexts()).toEqual(words);

    backend.clock.at += 5 * 60_000;
    await page.goto('/account');
    expect(await box().count()).toBe(0);
  });

  it('they can be read in light and dark on a small phone', async () => {
    await signIn(true);
    await prove('m.okafor');
    await page.goto('/account');
    expect(await box().count()).toBe(1);
    await expectAccessible(page);
  });

  it('those of another user are not shown', async () => {
    await signIn(true);
    await prove('c.celik7');
    await page.goto('/account');
    expect(await box().count()).toBe(0);
  });

  it('they stand there alone where the address was changed lately', async () => {
    await signIn(true);
    const row = 'm.okafor,Marlene Okafor,elsewhere@example.com';
    await importCsv(desk, { csv: row, fields: ['userName', 'displayName', 'email'] });
    const { words, sentTo } = await prove('m.okafor');
    expect(sentTo).toBeNull();
    await page.goto('/account');
    expect(await box().locator('.words span').allInnerTexts()).toEqual(words);
    const audit = await backend.readAudit();
    expect(audit.some(({ action }) => action === 'case.phrase-sent')).toBe(true);
    const mails = await backend.readTable('mails');
    const subjects = mails.map(({ subject }) => subject);
    expect(subjects).toContain('Your contact data was changed');
    expect(subjects).not.toContain('Is it really the help desk?');
  });
});
