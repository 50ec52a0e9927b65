import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HeldChange } from '../../../shared/api/held-change.ts';
import { browserOf, type Answer } from '../../backend/desk-call.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../../backend/staffed-desk.ts';

const password = 'Meadow+Lantern41';
const hour = 3_600_000;

describe('a change of contact data or second factor right after a reset by the help desk', () => {
  let desk: StaffedDesk;
  let [olga, petra, otto]: Member[] = [];
  let user: ReturnType<typeof browserOf>;
  let accountId: string;
  let userName: string;
  let account = 40;
  beforeAll(async () => {
    desk = await startStaffedDesk();
    olga = await desk.hire('olga', 'Olga Operator', ['operator']);
    otto = await desk.hire('otto', 'Otto Operator', ['operator', 'approver']);
    petra = await desk.hire('petra', 'Petra Approver', ['approver']);
  }, 60_000);
  afterAll(() => desk.backend.stop());

  const who = (member: Member | undefined): Member => {
    if (!member) throw new Error('No operator was hired');
    return member;
  };
  /** A user whose password the help desk has just reset, signed in with their own new one. */
  const resetBy = async (operator: Member) => {
    for (const member of [desk.ann, who(olga), who(otto), who(petra)]) await member.prove();
    desk.backend.clock.at += 1000;
    const opened = await operator.openCase(`E${10_000 + account}`);
    const started = await operator.startCode(opened.id);
    const view = (await operator.readBack(started.body.case, await desk.lastCode())).body.case;
    const grant = await operator.mint(view.id, 'temporary-password');
    const { body } = await operator.reset(
      view.id,
      grant.body.id,
      'temporary-password',
      `key-of-${account}-it`,
    );
    accountId = await desk.ann.accountId(`E${10_000 + account}`);
    const { body: found } = await desk.ann.call<{ userName: string }>('GET', `/accounts/${accountId}`);
    user = browserOf(desk.backend.ask);
    userName = found.userName;
    await user.signIn(userName, body.temporaryPassword ?? '');
    expect((await user.choose(password)).to).toBe('/account?said=changed');
    return view;
  };
  beforeEach(async () => {
    // An account of the standard tier without any history.
    let tier = '';
    while (tier !== 'standard') {
      account += 1;
      const id = await desk.ann.accountId(`E${10_000 + account}`);
      await desk.ann.prove();
      const { body } = await desk.ann.call<{
        tier: string;
        statuses: string[];
        emailMasked: string | null;
      }>('GET', `/accounts/${id}`);
      tier = body.statuses.includes('active') && body.emailMasked !== null ? body.tier : '';
    }
  });

  const held = async (by = who(petra)) =>
    (await by.call<{ held: HeldChange[] }>('GET', '/held-changes')).body.held.filter(
      (change) => change.accountId === accountId,
    );
  const decide = (by: Member, id: string, decision: 'approve' | 'deny') =>
    by.call<{ code?: string }>('POST', `/held-changes/${id}/decision`, {
      decision,
      reason: 'Talked to the user in person.',
    });
  const asked = async (to: string) => {
    await expect.poll(async () => (await mailsTo(to)).length).toBeGreaterThan(0);
    return mailsTo(to);
  };
  const mailsTo = async (to: string) => {
    const { body } = await desk.ann.call<{ mails: { id: string; to: string; subject: string }[] }>(
      'GET',
      '/outbox?limit=200',
    );
    return body.mails.filter((mail) => mail.to === to);
  };
  const changeEmail = async (to: string) => {
    const sent = await user.go('POST', '/account/contact/email', { value: to, current: password });
    const change = /change=([\w-]+)/.exec(sent.to ?? '')?.[1] ?? '';
    const [mail] = await asked(to);
    const { body } = await desk.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`);
    const code = (/is (\d{3} \d{3})/.exec(body.text)?.[1] ?? '').replace(' ', '');
    return user.go('POST', '/account/contact/code', { change, code });
  };
  const enrol = async () => {
    const begun = await user.go('POST', '/account/authenticator/begin', { current: password });
    const secret = (/<strong class="code">([^<]+)</.exec(begun.text)?.[1] ?? '').replaceAll(' ', '');
    const enrolment = /name="enrolment" value="([^"]+)"/.exec(begun.text)?.[1] ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: desk.backend.clock.at,
    });
    return user.go('POST', '/account/authenticator/confirm', { enrolment, code });
  };
  const emailOf = async () =>
    (await desk.backend.readTables())['accounts']?.find(({ id }) => id === accountId)?.['email'];
  const authenticators = async () =>
    ((await desk.backend.readTables())['account_authenticators'] ?? []).filter(
      ({ account_id, confirmed_at }) => account_id === accountId && confirmed_at !== null,
    );
  const subjects = async (of: string) => (await mailsTo(of)).map(({ subject }) => subject);

  it('of the email address waits, tells the old address, and is made when an approver says yes', async () => {
    const view = await resetBy(who(olga));
    const before = String(await emailOf());
    const to = `new-${account}@example.org`;
    expect((await changeEmail(to)).to).toBe('/account/contact?said=held');
    expect(await emailOf()).toBe(before);
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain('Waiting for the help desk');
    expect(page).toContain(before);
    await expect
      .poll(() => subjects(before))
      .toContain('A change to your account is waiting for the help desk');

    const [change] = await held();
    expect(change).toMatchObject({
      kind: 'email',
      resetBy: 'Olga Operator',
      caseNumber: view.number,
      obstacle: null,
    });
    expect(change?.shown).toContain('@example.org');
    const one = await who(petra).call<{ case: { checks: { attempt: { state: string } | null }[] } }>(
      'GET',
      `/held-changes/${change?.id ?? ''}`,
    );
    expect(one.body.case.checks.some(({ attempt }) => attempt?.state === 'passed')).toBe(true);

    expect((await decide(who(petra), change?.id ?? '', 'approve')).status).toBe(200);
    expect(await emailOf()).toBe(to);
    expect(await held()).toEqual([]);
    for (const address of [before, to])
      await expect.poll(() => subjects(address)).toContain('Your contact data was changed');
    const { body } = await desk.ann.call<{ entries: { action: string }[] }>(
      'GET',
      `/accounts/${accountId}/timeline?limit=50`,
    );
    const actions = body.entries.map(({ action }) => action);
    for (const action of ['account.contact-change-held', 'own-change.approved', 'account.contact-changed'])
      expect(actions).toContain(action);
  });

  it('of the authenticator waits as well, opens nothing meanwhile, and is dropped by a no', async () => {
    await resetBy(who(olga));
    expect((await enrol()).to).toBe('/account/authenticator?said=held');
    expect(await authenticators()).toEqual([]);
    const [change] = await held();
    expect(change?.kind).toBe('authenticator');
    expect((await decide(who(petra), change?.id ?? '', 'deny')).status).toBe(200);
    expect(await authenticators()).toEqual([]);
    const email = String(await emailOf());
    await expect.poll(() => subjects(email)).toContain('A change to your account was not made');
    expect((await decide(who(petra), change?.id ?? '', 'approve')).body.code).toBe('held-change.settled');
  });

  it('counts with its own codes when it is approved', async () => {
    await resetBy(who(olga));
    await enrol();
    const made = await user.go('POST', '/account/recovery-codes', { current: password });
    expect(made.text).toContain('The help desk has to approve this change');
    for (const { id } of await held()) expect((await decide(who(petra), id, 'approve')).status).toBe(200);
    expect(await authenticators()).toHaveLength(1);
    const codes = (await desk.backend.readTables())['account_recovery_codes'] ?? [];
    expect(codes.filter(({ account_id }) => account_id === accountId)).toHaveLength(10);
  });

  it('is decided neither by who did the reset, nor by an operator, nor without proof', async () => {
    await resetBy(who(otto));
    await changeEmail(`new-${account}@example.org`);
    const [change] = await held(who(otto));
    expect(change?.obstacle).toBe('own-reset');
    const id = change?.id ?? '';
    expect((await decide(who(otto), id, 'approve')).body.code).toBe('held-change.own-reset');
    expect((await decide(who(olga), id, 'approve')).status).toBe(403);
    desk.backend.clock.at += 3 * 60_000;
    await who(petra).renew();
    expect((await decide(who(petra), id, 'approve')).body.code).toBe('session.reauthentication-required');
    await who(petra).prove();
    const answers: Answer<unknown>[] = await Promise.all([
      decide(who(petra), id, 'approve'),
      decide(who(petra), id, 'approve'),
    ]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  });

  it('is taken back by its user, and by "This was not me"', async () => {
    await resetBy(who(olga));
    await changeEmail(`first-${account}@example.org`);
    const [first] = await held();
    const taken = await user.go('POST', '/account/contact/withdraw', { change: first?.id ?? '' });
    expect(taken.to).toBe('/account/contact?said=taken');
    expect(await held()).toEqual([]);

    await enrol();
    expect(await held()).toHaveLength(1);
    const email = String(await emailOf());
    const waits = async () =>
      (await mailsTo(email)).find(({ subject }) => subject.includes('is waiting for the help desk'));
    await expect.poll(waits).toBeDefined();
    const mail = await waits();
    const { body } = await desk.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`);
    const token = /\/not-me\/(\S+)/.exec(body.text)?.[1] ?? '';
    expect((await browserOf(desk.backend.ask).go('POST', '/not-me', { token })).status).toBe(200);
    expect(await held()).toEqual([]);
    expect(await authenticators()).toEqual([]);
  });

  it('makes the next reset one for four eyes, though it was only asked for', async () => {
    await resetBy(who(olga));
    await enrol();
    await who(olga).prove();
    const again = await who(olga).openCase(`E${10_000 + account}`);
    expect(again.approval.needed).toContain('toxic-combination');
  });

  it('is dropped without a decision within a day, and made at once when it is requested again', async () => {
    await resetBy(who(olga));
    await changeEmail(`late-${account}@example.org`);
    const before = String(await emailOf());
    desk.backend.clock.at += 24 * hour + 1000;
    await desk.ann.prove();
    await desk.ann.renew();
    const state = async () =>
      (await desk.backend.readTables())['own_changes']?.find(
        ({ account_id, kind }) => account_id === accountId && kind === 'email',
      )?.['state'];
    await expect.poll(state, { timeout: 10_000 }).toBe('lapsed');
    expect(await emailOf()).toBe(before);
    await user.signIn(userName, password);
    const again = { value: '+49 30 5550199', current: password };
    expect((await user.go('POST', '/account/contact/phone', again)).to).toBe('/account/contact?said=phone');
  }, 20_000);
});
