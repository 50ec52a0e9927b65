import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { HeldChange } from '../../../shared/api/held-change.ts';
import { browserOf } from '../../backend/desk-call.ts';
import type { Member } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

export const password = 'Meadow+Lantern41';

let number = 40;

/** A shared desk with an account of the standard tier for each test, its owner, and the changes that are held for it. */
export const heldChangeTest = sharedDeskTest
  .extend('otto', { scope: 'file' }, ({ staffedDesk }) =>
    staffedDesk.hire('otto', 'Otto Operator', ['operator', 'approver']),
  )
  // An account of the standard tier without any history, a different one for each test; its employee number and id.
  .extend('account', async ({ administrator }) => {
    for (;;) {
      number += 1;
      const employeeNumber = `E${10_000 + number}`;
      const id = await administrator.accountId(employeeNumber);
      await administrator.prove();
      const { body } = await administrator.call<{
        tier: string;
        userName: string;
        statuses: string[];
        emailMasked: string | null;
      }>('GET', `/accounts/${id}`);
      if (body.tier === 'standard' && body.statuses.includes('active') && body.emailMasked !== null)
        return { id, employeeNumber, userName: body.userName, number };
    }
  })
  // The account's owner on the pages, and reads of the account that bypass the API.
  .extend('owner', ({ backend, administrator, account }) => {
    const browser = browserOf(backend.ask);
    const rowsOf = backend.readTable;
    const mailsTo = async (to: string) => {
      const { body } = await administrator.call<{ mails: { id: string; to: string; subject: string }[] }>(
        'GET',
        '/outbox?limit=200',
      );
      return body.mails.filter((mail) => mail.to === to);
    };
    const readMail = async (id = '') =>
      (await administrator.call<{ text: string }>('GET', `/outbox/${id}`)).body.text;
    return {
      browser,
      mailsTo,
      readMail,
      subjects: async (to: string) => (await mailsTo(to)).map(({ subject }) => subject),
      changeEmail: async (to: string) => {
        const sent = await browser.go('POST', '/account/contact/email', { value: to, current: password });
        const change = /change=([\w-]+)/.exec(sent.to ?? '')?.[1] ?? '';
        await expect.poll(async () => (await mailsTo(to)).length).toBeGreaterThan(0);
        const [mail] = await mailsTo(to);
        const code = (/is (\d{3} \d{3})/.exec(await readMail(mail?.id))?.[1] ?? '').replace(' ', '');
        return browser.go('POST', '/account/contact/code', { change, code });
      },
      enrol: async () => {
        const begun = await browser.go('POST', '/account/authenticator/begin', { current: password });
        const secret = (/<strong class="code">([^<]+)</.exec(begun.text)?.[1] ?? '').replaceAll(' ', '');
        const enrolment = /name="enrolment" value="([^"]+)"/.exec(begun.text)?.[1] ?? '';
        const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
          timestamp: backend.clock.at,
        });
        return browser.go('POST', '/account/authenticator/confirm', { enrolment, code });
      },
      email: async () => (await rowsOf('accounts')).find(({ id }) => id === account.id)?.['email'],
      authenticators: async () =>
        (await rowsOf('account_authenticators')).filter(
          ({ account_id, confirmed_at }) => account_id === account.id && confirmed_at !== null,
        ),
    };
  })
  // Resets the password as this operator, and signs the owner in with a password of their own; returns the case.
  .extend(
    'resetBy',
    ({ staffedDesk, operator, otto, approver, account, owner }) =>
      async (member: Member) => {
        for (const each of [staffedDesk.ann, operator, otto, approver]) await each.prove();
        staffedDesk.backend.clock.at += 1000;
        const opened = await member.openCase(account.employeeNumber);
        const started = await member.startCode(opened.id);
        const view = (await member.readBack(started.body.case, await staffedDesk.lastCode())).body.case;
        const grant = await member.mint(view.id, 'temporary-password');
        const { body } = await member.reset(
          view.id,
          grant.body.id,
          'temporary-password',
          `key-of-${account.number}-it`,
        );
        await owner.browser.signIn(account.userName, body.temporaryPassword ?? '');
        expect((await owner.browser.choose(password)).to).toBe('/account?said=changed');
        return view;
      },
  )
  .extend(
    'heldFor',
    ({ account }) =>
      async (member: Member) =>
        (await member.call<{ held: HeldChange[] }>('GET', '/held-changes')).body.held.filter(
          (change) => change.accountId === account.id,
        ),
  );
