import { beforeEach, describe, expect, it } from 'vitest';
import { codeFor, linkFor } from '../backend/desk-call.ts';
import { expectAccessible } from './browse.ts';
import { deskWithPages, type AtThePages, type DeskWithPages } from './desk-with-pages.ts';

const marlene = 'marlene.okafor@example.com';
const fresh = 'marlene.private@example.org';
const password = 'Quiet+Harbour7';

describe.each([
  ['with script', true],
  ['without script', false],
])('a user changes how they are reached, %s', (_how, javaScriptEnabled) => {
  const startDesk = deskWithPages();
  let sink: DeskWithPages['sink'];
  let desk: DeskWithPages['desk'];
  let page: AtThePages['page'];
  let user: AtThePages['user'];
  beforeEach(async () => {
    const started = await startDesk();
    ({ sink, desk } = started);
    ({ page, user } = await started.browse(javaScriptEnabled));
  });
  /** A picture of the page, for review. */
  const look = async (name: string) => {
    const folder = process.env['RESET_DESK_PICTURES'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  const signedIn = async () => {
    await page.goto('/forgot-password');
    await user.field('Email address or user name').fill(marlene);
    await user.press('Reset password');
    await page.goto(await linkFor(sink, marlene));
    await user.choose(password, 'Reset password');
    await user.signIn('m.okafor', password);
    await user.heading('Your account');
  };
  const resetByTheDesk = async () => {
    const view = await desk.openCase('m.okafor');
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(sink, marlene));
    const grant = await desk.mint(view.id, 'temporary-password');
    const { body } = await desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
    await user.signIn('m.okafor', body.temporaryPassword ?? '');
    await user.choose(password, 'Set password');
    await user.heading('Your account');
  };
  const change = async (link: string, label: string, value: string) => {
    await page.getByRole('link', { name: link, exact: true }).click();
    await user.field(label).fill(value);
    await user.field('Current password').fill(password);
    await page.locator('main form button').last().click();
  };

  it('from the prompt after a reset: a new address, a number, recovery addresses', async () => {
    await signedIn();
    await page.getByRole('link', { name: 'Review now' }).click();
    await page.getByRole('link', { name: 'Email address: Change email address' }).click();
    await user.heading('Contact data');
    if (javaScriptEnabled) await expectAccessible(page);
    await change('Email address: Change', 'New email address', fresh);
    await user.heading('Enter the verification code');
    if (javaScriptEnabled) await expectAccessible(page);
    await look('contact-code');
    await user.field('Verification code').fill(await codeFor(sink, fresh));
    await user.press('Confirm');
    await page.getByText('Your email address was changed.').waitFor();

    await change('Phone number: Change', 'New phone number', '+49 30 5550177');
    await page.getByText('Your phone number was changed.').waitFor();
    await page.getByText('Not confirmed: no code could be sent to it.').waitFor();

    await change('Add a recovery address', 'Recovery address', 'second@example.org');
    await user.field('Verification code').fill(await codeFor(sink, 'second@example.org'));
    await user.press('Confirm');
    await page.getByText('The recovery address was added.').waitFor();
    await look('contact-all');
    if (javaScriptEnabled) await expectAccessible(page);

    await page.getByRole('link', { name: 'Remove: second@example.org' }).click();
    await user.heading('Remove a recovery address');
    if (javaScriptEnabled) await expectAccessible(page);
    await user.field('Current password').fill(password);
    await user.press('Remove this address');
    await page.getByText('The recovery address was removed.').waitFor();
    await page.goto('/account/activity');
    expect(await page.innerText('main')).toContain('A recovery address was removed.');
  }, 90_000);

  it('and is told what was wrong beside what they typed', async () => {
    await signedIn();
    await page.goto('/account/contact/phone');
    await user.field('New phone number').fill('12');
    await user.field('Current password').fill(password);
    await user.press('Change number');
    await page.getByText('Enter a phone number with 6 to 15 digits.').waitFor();
    expect(await user.field('New phone number').inputValue()).toBe('12');
    await look('contact-fault');
    if (javaScriptEnabled) await expectAccessible(page);
  }, 60_000);

  it('right after a reset by the help desk: it waits until they withdraw it', async () => {
    await resetByTheDesk();
    await page.goto('/account/contact');
    await change('Phone number: Change', 'New phone number', '+49 30 5550177');
    await page.getByText('The help desk has to approve this change').first().waitFor();
    await page.getByRole('heading', { name: 'Waiting for the help desk' }).waitFor();
    expect(await page.getByText('+49 30 5550177').count()).toBe(0);
    await look('contact-held');
    if (javaScriptEnabled) await expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel: New phone number' }).click();
    await user.heading('Contact data');
    expect(await page.innerText('main')).toContain('Cancelled. Nothing was changed.');
  }, 60_000);
});
