import { describe, expect } from 'vitest';
import { browserOf, type Answer } from '../../backend/desk-call.ts';
import type { Member } from '../../backend/staffed-desk.ts';

import { heldChangeTest as it, password } from './held-change-test.ts';

const hour = 3_600_000;

const decide = (member: Member, id: string, decision: 'approve' | 'deny') =>
  member.call<{ code?: string }>('POST', `/held-changes/${id}/decision`, {
    decision,
    reason: 'Talked to the user in person.',
  });

// The first test also hires the staff.
describe(
  'a change of contact data or second factor right after a reset by the help desk',
  { timeout: 60_000 },
  () => {
    it('of the email address is made when an approver says yes', async ({
      account,
      administrator,
      approver,
      heldFor,
      operator,
      owner,
      resetBy,
    }) => {
      const view = await resetBy(operator);
      const before = String(await owner.email());
      const to = `new-${account.number}@example.org`;
      expect((await owner.changeEmail(to)).to).toBe('/account/contact?said=held');
      expect(await owner.email()).toBe(before);
      const page = (await owner.browser.go('GET', '/account/contact')).text;
      expect(page).toContain('Waiting for the help desk');
      expect(page).toContain(before);
      await expect
        .poll(() => owner.subjects(before))
        .toContain('A change to your account is waiting for the help desk');

      const [change] = await heldFor(approver);
      expect(change).toMatchObject({
        kind: 'email',
        resetBy: 'Olga Operator',
        caseNumber: view.number,
        obstacle: null,
      });
      expect(change?.shown).toContain('@example.org');
      const one = await approver.call<{ case: { checks: { attempt: { state: string } | null }[] } }>(
        'GET',
        `/held-changes/${change?.id ?? ''}`,
      );
      expect(one.body.case.checks.some(({ attempt }) => attempt?.state === 'passed')).toBe(true);

      expect((await decide(approver, change?.id ?? '', 'approve')).status).toBe(200);
      expect(await owner.email()).toBe(to);
      expect(await heldFor(approver)).toEqual([]);
      for (const address of [before, to])
        await expect.poll(() => owner.subjects(address)).toContain('Your contact data was changed');
      const { body } = await administrator.call<{ entries: { action: string }[] }>(
        'GET',
        `/accounts/${account.id}/timeline?limit=50`,
      );
      const actions = body.entries.map(({ action }) => action);
      for (const action of ['account.contact-change-held', 'own-change.approved', 'account.contact-changed'])
        expect(actions).toContain(action);
    });

    it('of the authenticator opens nothing before an approver says yes', async ({
      approver,
      heldFor,
      operator,
      owner,
      resetBy,
    }) => {
      await resetBy(operator);
      expect((await owner.enrol()).to).toBe('/account/authenticator?said=held');
      expect(await owner.authenticators()).toEqual([]);
      const [change] = await heldFor(approver);
      expect(change?.kind).toBe('authenticator');
      expect((await decide(approver, change?.id ?? '', 'deny')).status).toBe(200);
      expect(await owner.authenticators()).toEqual([]);
      const email = String(await owner.email());
      await expect.poll(() => owner.subjects(email)).toContain('A change to your account was not made');
      expect((await decide(approver, change?.id ?? '', 'approve')).body.code).toBe('held-change.settled');
    });

    it('counts with its own codes when it is approved', async ({
      account,
      approver,
      backend,
      heldFor,
      operator,
      owner,
      resetBy,
    }) => {
      await resetBy(operator);
      await owner.enrol();
      const made = await owner.browser.go('POST', '/account/recovery-codes', { current: password });
      expect(made.text).toContain('The help desk has to approve this change');
      for (const { id } of await heldFor(approver))
        expect((await decide(approver, id, 'approve')).status).toBe(200);
      expect(await owner.authenticators()).toHaveLength(1);
      const codes = await backend.readTable('account_recovery_codes');
      expect(codes.filter(({ account_id }) => account_id === account.id)).toHaveLength(10);
    });

    it('is decided only by an approver who did not do the reset and proved who they are', async ({
      account,
      approver,
      backend,
      heldFor,
      operator,
      otto,
      owner,
      resetBy,
    }) => {
      await resetBy(otto);
      await owner.changeEmail(`new-${account.number}@example.org`);
      const [change] = await heldFor(otto);
      expect(change?.obstacle).toBe('own-reset');
      const id = change?.id ?? '';
      expect((await decide(otto, id, 'approve')).body.code).toBe('held-change.own-reset');
      expect((await decide(operator, id, 'approve')).status).toBe(403);
      backend.clock.at += 3 * 60_000;
      await approver.renew();
      expect((await decide(approver, id, 'approve')).body.code).toBe('session.reauthentication-required');
      await approver.prove();
      const answers: Answer<unknown>[] = await Promise.all([
        decide(approver, id, 'approve'),
        decide(approver, id, 'approve'),
      ]);
      expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    });

    it('is withdrawn by its user', async ({
      account,
      approver,
      backend,
      heldFor,
      operator,
      owner,
      resetBy,
    }) => {
      await resetBy(operator);
      await owner.changeEmail(`first-${account.number}@example.org`);
      const [first] = await heldFor(approver);
      const taken = await owner.browser.go('POST', '/account/contact/withdraw', { change: first?.id ?? '' });
      expect(taken.to).toBe('/account/contact?said=taken');
      expect(await heldFor(approver)).toEqual([]);

      await owner.enrol();
      expect(await heldFor(approver)).toHaveLength(1);
      const email = String(await owner.email());
      const waits = async () =>
        (await owner.mailsTo(email)).find(({ subject }) => subject.includes('is waiting for the help desk'));
      await expect.poll(waits).toBeDefined();
      const mail = await waits();
      const text = await owner.readMail(mail?.id);
      const token = /\/not-me\/(\S+)/.exec(text)?.[1] ?? '';
      expect((await browserOf(backend.ask).go('POST', '/not-me', { token, confirmed: 'yes' })).status).toBe(
        200,
      );
      expect(await heldFor(approver)).toEqual([]);
      expect(await owner.authenticators()).toEqual([]);
    });

    it('makes the next reset one for four eyes even while it waits', async ({
      account,
      operator,
      owner,
      resetBy,
    }) => {
      await resetBy(operator);
      await owner.enrol();
      await operator.prove();
      const again = await operator.openCase(account.employeeNumber);
      expect(again.approval.needed).toContain('toxic-combination');
    });

    it('is dropped without a decision within a day', async ({
      account,
      backend,
      operator,
      owner,
      resetBy,
    }) => {
      await resetBy(operator);
      await owner.changeEmail(`late-${account.number}@example.org`);
      const before = String(await owner.email());
      backend.clock.at += 24 * hour + 1000;
      const state = async () =>
        (await backend.readTable('own_changes')).find(
          ({ account_id, kind }) => account_id === account.id && kind === 'email',
        )?.['state'];
      await expect.poll(state, { timeout: 10_000 }).toBe('lapsed');
      expect(await owner.email()).toBe(before);
      await owner.browser.signIn(account.userName, password);
      const again = { value: '+49 30 5550199', current: password };
      expect((await owner.browser.go('POST', '/account/contact/phone', again)).to).toBe(
        '/account/contact?said=phone',
      );
    });
  },
);
