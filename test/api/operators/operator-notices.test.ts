import { describe, expect } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { newBackendTest } from '../../fixtures/api.ts';
import { browserOf, deskOf } from '../../backend/desk-call.ts';
import { codeAt, invitationIn, join } from '../../backend/join-operator.ts';

const bob = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'] as const,
};
const subject = 'Your access to Reset Desk was changed';
const [former, next] = ['bob@example.com', 'bob@elsewhere.example'];
const unlimited = { departments: [], tiers: [], directories: [] };

describe('an operator is told what was changed about them', () => {
  const it = newBackendTest
    .extend('joined', ({ backend, tokens }) => join(backend, tokens.accessToken, bob))
    .extend('his', ({ backend, joined }) => deskOf(backend.ask, joined.tokens.accessToken))
    .extend('noticesTo', ({ backend, desk }) => async (address: string): Promise<string[]> => {
      const underWay = async () =>
        (await backend.readTable('mails')).filter(({ state }) => state === 'queued' || state === 'sending');
      await expect.poll(underWay).toEqual([]);
      const { body } = await desk.call<{ mails: { id: string; to: string; subject: string }[] }>(
        'GET',
        '/outbox?limit=200',
      );
      const texts: string[] = [];
      for (const mail of body.mails.filter((row) => row.to === address && row.subject === subject))
        texts.push((await desk.call<{ text: string }>('GET', `/outbox/${mail.id}`)).body.text);
      return texts;
    })
    .extend('newNotices', ({ noticesTo }) => async (address: string, act: () => Promise<unknown>) => {
      const before = await noticesTo(address);
      await act();
      return (await noticesTo(address)).filter((text) => !before.includes(text));
    });

  const edits = [
    ['name', { displayName: 'Bob Changed' }, 'your name was changed to Bob Changed'],
    ['roles', { roles: ['approver'] }, 'your roles were changed from operator to approver'],
    ['scope', { scope: { ...unlimited, tiers: ['standard'] } }, 'your access was limited to other accounts'],
    ['address', { email: next }, 'your email address was changed'],
    ['address to none', { email: null }, 'your email address was removed'],
  ] as const;
  it.for(edits)('by an edit of the %s', async ([, edit, clause], { desk, joined, newNotices }) => {
    const told = await newNotices(former, () => desk.call('PATCH', `/operators/${joined.id}`, edit));
    expect(told).toEqual([expect.stringContaining(clause)]);
  });

  it('by an edit of their own account', async ({ desk, joined, newNotices }) => {
    await desk.call('POST', '/imports/samples', {});
    const linkedAccountId = await desk.accountId('m.okafor');
    const edit = () => desk.call('PATCH', `/operators/${joined.id}`, { linkedAccountId });
    expect(await newNotices(former, edit)).toEqual([
      expect.stringContaining('another account was set as your own account'),
    ]);
  });

  it('at the new address as well when the address is replaced', async ({ desk, joined, newNotices }) => {
    const edit = () => desk.call('PATCH', `/operators/${joined.id}`, { email: next });
    expect(await newNotices(next, edit)).toEqual([expect.stringContaining('your email address was changed')]);
  });

  it('before they have joined, at the address that the invitation went to', async ({ desk, newNotices }) => {
    const { body } = await desk.call<{ id: string }>('POST', '/operators', {
      userName: 'cleo',
      displayName: 'Cleo Example',
      email: 'cleo@example.com',
      roles: ['operator'],
      scope: unlimited,
    });
    const edit = () => desk.call('PATCH', `/operators/${body.id}`, { email: 'cleo@elsewhere.example' });
    expect(await newNotices('cleo@example.com', edit)).toHaveLength(1);
  });

  it.for([
    ['disabled', 'your access was turned off'],
    ['removed', 'your access was removed'],
  ] as const)('when they are %s', async ([state, clause], { desk, joined, newNotices }) => {
    const told = await newNotices(former, () => desk.call('PUT', `/operators/${joined.id}/state`, { state }));
    expect(told).toEqual([expect.stringContaining(clause)]);
  });

  it('when they are enabled again', async ({ desk, joined, newNotices }) => {
    await desk.call('PUT', `/operators/${joined.id}/state`, { state: 'disabled' });
    const enable = () => desk.call('PUT', `/operators/${joined.id}/state`, { state: 'active' });
    expect(await newNotices(former, enable)).toEqual([expect.stringContaining('your access was turned on')]);
  });

  it('when their second factor is reset', async ({ desk, joined, newNotices }) => {
    const reset = () => desk.call('DELETE', `/operators/${joined.id}/second-factor`);
    expect(await newNotices(former, reset)).toEqual([
      expect.stringContaining('your two-factor authentication was reset'),
    ]);
  });

  it('when they join, by one mail about their password and authenticator app', async ({
    joined,
    noticesTo,
  }) => {
    expect(joined.id).not.toBe('');
    const [told, ...more] = await noticesTo(former);
    expect(more).toEqual([]);
    for (const clause of [
      'a new password was set',
      'your access was turned on',
      'an authenticator app was set',
    ])
      expect(told).toContain(clause);
  });

  it('when they join, at once if the policy asks for no authenticator app', async ({
    backend,
    tokens,
    desk,
    newNotices,
  }) => {
    const { body } = await desk.call<{ version: number; document: object }>('GET', '/policy');
    const document = {
      ...defaultPolicy,
      operatorSession: { ...defaultPolicy.operatorSession, secondFactor: 'optional' },
    };
    expect((await desk.call('PUT', '/policy', { basedOn: body.version, document })).status).toBe(200);
    const invited = { displayName: 'Cleo Example', userName: 'cleo', email: 'cleo@example.com' };
    await desk.call('POST', '/operators', { ...invited, roles: ['operator'], scope: unlimited });
    const link = await invitationIn(backend, tokens.accessToken, 'cleo@example.com');
    const token = link.replace('/invitation/', '');
    const redeem = () =>
      browserOf(backend.ask).go('POST', '/invitation', {
        token,
        password: bob.password,
        repeated: bob.password,
      });
    const [told, ...more] = await newNotices('cleo@example.com', redeem);
    expect([told, more]).toEqual([expect.stringContaining('your access was turned on'), []]);
  });

  it('when a link gave them a new password', async ({ backend, tokens, desk, joined, newNotices }) => {
    backend.clock.at += 1000;
    await desk.call('POST', `/operators/${joined.id}/link`);
    const link = await invitationIn(backend, tokens.accessToken, former);
    const token = link.replace('/invitation/', '');
    const password = 'Other+Harbour9';
    const choose = () =>
      browserOf(backend.ask).go('POST', '/invitation', { token, password, repeated: password });
    expect(await newNotices(former, choose)).toEqual([expect.stringContaining('a new password was set')]);
  });

  it('when they changed their own password', async ({ his, newNotices }) => {
    const change = () =>
      his.call('POST', '/me/password', { current: bob.password, password: 'Other+Harbour9' });
    expect(await newNotices(former, change)).toEqual([expect.stringContaining('a new password was set')]);
  });

  it('when they replaced their recovery codes', async ({ his, newNotices }) => {
    const told = await newNotices(former, () => his.call('POST', '/me/recovery-codes'));
    expect(told).toEqual([expect.stringContaining('new recovery codes were created for you')]);
  });

  it('unless the change is refused', async ({ desk, joined, newNotices }) => {
    const edit = { displayName: 'Bob Changed', linkedAccountId: 'no such account' };
    const told = await newNotices(former, async () => {
      expect((await desk.call('PATCH', `/operators/${joined.id}`, edit)).status).toBe(404);
    });
    expect(told).toEqual([]);
  });

  it('and not of signing in', async ({ backend, joined, newNotices }) => {
    backend.clock.at += 30_000;
    const post = async (path: string, body: object) =>
      (await (await backend.ask('POST', `/api/v1/session${path}`, body)).json()) as { ticket: string };
    const told = await newNotices(former, async () => {
      const { ticket } = await post('', { userName: 'bob', password: bob.password });
      const code = codeAt(joined.secret, backend.clock.at);
      expect(await post('/code', { ticket, code })).toHaveProperty('accessToken');
    });
    expect(told).toEqual([]);
  });

  it('can report it from the former address', async ({ backend, desk, joined, his, newNotices }) => {
    const edit = () => desk.call('PATCH', `/operators/${joined.id}`, { email: next });
    const [notice = ''] = await newNotices(former, edit);
    const token = /\/report\/([\w-]{43})/.exec(notice)?.[1] ?? '';
    expect((await his.call('GET', '/me')).status).toBe(200);
    const reader = browserOf(backend.ask);
    expect((await reader.go('GET', `/report/${token}`)).text).toContain('Report it');
    expect((await reader.go('POST', '/report', { token, confirmed: 'yes' })).text).toContain(
      'Thank you for your report',
    );
    expect((await his.call('GET', '/me')).status).toBe(401);
  });

  it('and an older mail to the former address reports no longer', async ({
    backend,
    desk,
    joined,
    noticesTo,
  }) => {
    const [older = ''] = await noticesTo(former);
    await desk.call('PATCH', `/operators/${joined.id}`, { email: next });
    const token = /\/report\/([\w-]{43})/.exec(older)?.[1] ?? '';
    expect((await browserOf(backend.ask).go('GET', `/report/${token}`)).status).toBe(410);
  });
});
