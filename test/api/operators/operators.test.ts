import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { browserOf, deskOf } from '../../backend/desk-call.ts';
import { invitationIn, invite, join, type Person } from '../../backend/join-operator.ts';
import { trustEachAdministrator } from '../../backend/trust-each-administrator.ts';

const bob: Person = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'],
};
const cleo: Person = { ...bob, userName: 'cleo', displayName: 'Cleo Example', roles: ['administrator'] };
const hour = 3600_000;

describe('operators', () => {
  const it = newBackendTest
    .extend('rowOf', ({ desk }) => async (userName: string) => {
      const { body } = await desk.call<{ operators: OperatorRow[] }>('GET', '/operators');
      return body.operators.find((row) => row.userName === userName);
    })
    .extend(
      'choose',
      ({ backend }) =>
        (link: string, password = bob.password, repeated = password) =>
          browserOf(backend.ask).go('POST', '/invitation', {
            token: link.replace('/invitation/', ''),
            password,
            repeated,
          }),
    )
    .extend(
      'change',
      ({ desk }) =>
        (id: string, body: object, by = desk) =>
          by.call<OperatorRow & { code?: string }>('PATCH', `/operators/${id}`, body),
    )
    .extend(
      'setState',
      ({ desk }) =>
        (id: string, state: string, by = desk) =>
          by.call<OperatorRow & { code?: string }>('PUT', `/operators/${id}/state`, { state }),
    );

  describe('are invited by a link that', () => {
    it('sets a password once', async ({ backend, tokens, choose, rowOf }) => {
      expect(await invite(backend, tokens.accessToken, bob)).toMatchObject({
        status: 200,
        body: { state: 'invited', link: { purpose: 'invitation', delivery: 'kept-in-outbox', over: false } },
      });
      const link = await invitationIn(backend, tokens.accessToken, 'bob@example.com');
      expect(link).toMatch(/^\/invitation\/[\w-]{43}$/);
      const browser = browserOf(backend.ask);
      for (let look = 0; look < 3; look += 1) {
        const page = await browser.go('GET', link);
        expect(page.status).toBe(200);
        expect(page.text).toContain('bob');
        // Only the pages' own script, which judges the password while it is typed.
        expect(page.text.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/src="\/pages\.js\?/)]);
      }
      expect((await choose(link, 'short')).text).toContain('It is too short');
      expect((await choose(link, bob.password, 'Quiet+Harbour8')).text).toContain(
        'The two passwords do not match',
      );
      expect((await choose(link)).text).toContain('Your password is set');
      expect((await choose(link)).status).toBe(410);
      expect((await browser.go('GET', link)).status).toBe(410);
      expect(await rowOf('bob')).toMatchObject({ state: 'active', link: null });
    });

    it('ends when it is old, replaced or revoked', async ({ backend, tokens, desk, choose }) => {
      const { body } = await invite(backend, tokens.accessToken, bob);
      const first = await invitationIn(backend, tokens.accessToken, 'bob@example.com');
      backend.clock.at += 1000;
      await desk.call('POST', `/operators/${body.id}/link`);
      const second = await invitationIn(backend, tokens.accessToken, 'bob@example.com');
      expect(second).not.toBe(first);
      expect((await choose(first)).status).toBe(410);
      backend.clock.at += 72 * hour;
      expect((await choose(second)).status).toBe(410);
    });

    it('removes the invited operator when it is revoked', async ({ backend, tokens, desk, choose }) => {
      const { body } = await invite(backend, tokens.accessToken, bob);
      const link = await invitationIn(backend, tokens.accessToken, 'bob@example.com');
      expect((await desk.call('DELETE', `/operators/${body.id}/link`)).body).toMatchObject({
        state: 'removed',
      });
      expect((await choose(link)).status).toBe(410);
      expect((await invite(backend, tokens.accessToken, bob)).status).toBe(200);
      expect((await invite(backend, tokens.accessToken, bob)).body.code).toBe('operator.user-name-taken');
    });

    it('is in neither the database nor the log', async ({ backend, tokens }) => {
      await invite(backend, tokens.accessToken, bob);
      const secret = (await invitationIn(backend, tokens.accessToken, 'bob@example.com')).replace(
        '/invitation/',
        '',
      );
      const { readdirSync, readFileSync } = await import('node:fs');
      for (const file of readdirSync(backend.dataFolder).filter((name) => name.startsWith('reset-desk.db')))
        expect(readFileSync(`${backend.dataFolder}/${file}`, 'latin1')).not.toContain(secret);
      expect(backend.lines.join('\n')).not.toContain(secret);
    });

    it('sets a new password for an operator who has forgotten theirs', async ({
      backend,
      tokens,
      desk,
      choose,
    }) => {
      const joined = await join(backend, tokens.accessToken, bob);
      backend.clock.at += 1000;
      await desk.call('POST', `/operators/${joined.id}/link`);
      const link = await invitationIn(backend, tokens.accessToken, 'bob@example.com');
      expect((await choose(link, 'Other+Harbour9')).text).toContain('Your password is set');
      const his = deskOf(backend.ask, joined.tokens.accessToken);
      expect(await his.call('GET', '/me')).toMatchObject({ status: 401, body: { code: 'session.missing' } });
      const old = await backend.ask('POST', '/api/v1/session', { userName: 'bob', password: bob.password });
      expect(await old.json()).toMatchObject({ code: 'session.credentials-wrong' });
      const fresh = await backend.ask('POST', '/api/v1/session', {
        userName: 'bob',
        password: 'Other+Harbour9',
      });
      expect(await fresh.json()).toMatchObject({ step: 'code' });
    });
  });

  describe('touch the accounts of their scope alone:', () => {
    it('others are only marked in a search, as every call refuses them', async ({
      desk,
      backend,
      tokens,
      change,
    }) => {
      await desk.call('POST', '/imports/samples', {});
      const { body: found } = await desk.call<{ hits: { department: string; id: string }[] }>(
        'GET',
        '/accounts?q=m.okafor',
      );
      const [hit] = found.hits;
      const department = hit?.department ?? '';
      const joined = await join(backend, tokens.accessToken, {
        ...bob,
        scope: { departments: [`not ${department}`] },
      });
      const his = deskOf(backend.ask, joined.tokens.accessToken);
      const { body } = await his.call<{ hits: object[] }>('GET', '/accounts?q=m.okafor');
      expect(body.hits[0]).toMatchObject({ outOfScope: true, emailMasked: null, employeeNumber: null });
      const refused = { status: 403, body: { code: 'account.out-of-scope' } };
      expect(await his.call('GET', `/accounts/${hit?.id ?? ''}`)).toMatchObject(refused);
      expect(await his.call('GET', `/accounts/${hit?.id ?? ''}/timeline`)).toMatchObject(refused);
      expect(await his.call('POST', '/cases', { accountId: hit?.id })).toMatchObject(refused);
      expect(
        await his.call('POST', `/accounts/${hit?.id ?? ''}/contact`, { caseId: 'made-up' }),
      ).toMatchObject(refused);
      const opened = await desk.openCase('m.okafor');
      for (const [method, path, asked] of [
        ['GET', '', undefined],
        ['POST', '/checks', { kind: 'emailed-code' }],
        ['POST', '/grants', { action: 'temporary-password' }],
      ] as const)
        expect(await his.call(method, `/cases/${opened.id}${path}`, asked)).toMatchObject(refused);

      await change(joined.id, { scope: { departments: [department], tiers: [], directories: [] } });
      expect(await his.call('GET', `/accounts/${hit?.id ?? ''}`)).toMatchObject({ status: 200 });
      await change(joined.id, {
        scope: { departments: [department], tiers: ['privileged'], directories: [] },
      });
      expect(await his.call('GET', `/accounts/${hit?.id ?? ''}`)).toMatchObject(refused);
    });

    it('a case that was opened before is shut when the scope shrinks', async ({
      desk,
      backend,
      tokens,
      change,
    }) => {
      await desk.call('POST', '/imports/samples', {});
      const joined = await join(backend, tokens.accessToken, bob);
      const his = deskOf(backend.ask, joined.tokens.accessToken);
      const opened = await his.openCase('m.okafor');
      await change(joined.id, { scope: { departments: [], tiers: ['privileged'], directories: [] } });
      expect((await his.startCode(opened.id)).body.code).toBe('account.out-of-scope');
    });

    it('never their own', async ({ desk, backend, tokens, change }) => {
      await desk.call('POST', '/imports/samples', {});
      const joined = await join(backend, tokens.accessToken, bob);
      const linkedAccountId = await desk.accountId('m.okafor');
      expect((await change(joined.id, { linkedAccountId })).body).toMatchObject({
        linkedAccount: { userName: 'm.okafor' },
      });
      const his = deskOf(backend.ask, joined.tokens.accessToken);
      expect(await his.call('POST', '/cases', { accountId: linkedAccountId })).toMatchObject({
        status: 403,
        body: { code: 'account.own' },
      });
      await change(joined.id, { linkedAccountId: null, email: 'marlene.okafor@example.com' });
      expect(await his.call('POST', '/cases', { accountId: linkedAccountId })).toMatchObject({
        body: { code: 'account.own' },
      });
      await change(joined.id, { email: 'bob@example.com' });
      expect((await his.call('POST', '/cases', { accountId: linkedAccountId })).status).toBe(200);
    });
  });

  describe('keep an administrator:', () => {
    it('the last one can be neither demoted, disabled nor removed', async ({
      backend,
      tokens,
      change,
      setState,
    }) => {
      const joined = await join(backend, tokens.accessToken, bob);
      expect((await change(tokens.session.operator.id, { roles: ['operator'] })).body.code).toBe(
        'operator.last-administrator',
      );
      for (const state of ['disabled', 'removed'])
        expect((await setState(tokens.session.operator.id, state)).body.code).toBe(
          'operator.last-administrator',
        );
      // An administrator who was only invited cannot act.
      await invite(backend, tokens.accessToken, cleo);
      expect((await change(tokens.session.operator.id, { roles: ['operator'] })).body.code).toBe(
        'operator.last-administrator',
      );
      expect((await setState(joined.id, 'disabled')).body.state).toBe('disabled');
    });

    it('two who disable each other at once cannot both succeed', async ({
      backend,
      tokens,
      setState,
      desk,
    }) => {
      await trustEachAdministrator(desk);
      const other = await join(backend, tokens.accessToken, cleo);
      const hers = deskOf(backend.ask, other.tokens.accessToken);
      const outcomes = await Promise.all([
        setState(other.id, 'disabled'),
        setState(tokens.session.operator.id, 'disabled', hers),
      ]);
      expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
      const { body } = await (outcomes[0]?.status === 200 ? desk : hers).call<{ operators: OperatorRow[] }>(
        'GET',
        '/operators',
      );
      expect(body.operators.filter(({ state }) => state === 'active')).toHaveLength(1);
    });

    it('administrators cannot change their own roles while another administrator exists', async ({
      backend,
      tokens,
      change,
      setState,
      desk,
    }) => {
      await trustEachAdministrator(desk);
      const more = { roles: ['administrator', 'operator', 'approver'] };
      const other = await join(backend, tokens.accessToken, cleo);
      expect((await change(tokens.session.operator.id, more)).body.code).toBe('operator.own-roles');
      const hers = deskOf(backend.ask, other.tokens.accessToken);
      expect((await change(tokens.session.operator.id, more, hers)).body.roles).toContain('approver');
      expect((await setState(other.id, 'removed', hers)).body.code).toBe('operator.self');
    });
  });

  it('lose rights at once through a change of roles, a block or a removal', async ({
    backend,
    tokens,
    change,
    setState,
    rowOf,
  }) => {
    const joined = await join(backend, tokens.accessToken, { ...bob, roles: ['operator', 'auditor'] });
    const his = deskOf(backend.ask, joined.tokens.accessToken);
    expect((await his.call('GET', '/policy')).status).toBe(200);
    await change(joined.id, { roles: ['operator'] });
    expect(await his.call('GET', '/policy')).toMatchObject({ body: { code: 'session.missing' } });
    await setState(joined.id, 'disabled');
    const again = await backend.ask('POST', '/api/v1/session', { userName: 'bob', password: bob.password });
    // The same answer as for a wrong password, because another one would reveal the difference.
    expect(await again.json()).toMatchObject({ code: 'session.credentials-wrong' });
    await setState(joined.id, 'active');
    await setState(joined.id, 'removed');
    expect(await rowOf('bob')).toMatchObject({ state: 'removed', displayName: 'Bob Example' });
    expect((await change(joined.id, { displayName: 'Bob' })).body.code).toBe('operator.removed');
    expect((await invite(backend, tokens.accessToken, bob)).status).toBe(200);
  });

  it('need a recent proof to give or take rights', async ({ backend, tokens, desk, change }) => {
    const joined = await join(backend, tokens.accessToken, bob);
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    const { operatorSession } = policy.document;
    await desk.call('PUT', '/policy', {
      basedOn: policy.version,
      document: { ...policy.document, operatorSession: { ...operatorSession, reauthenticateAfter: 60 } },
    });
    backend.clock.at += 61_000;
    expect((await change(joined.id, { roles: ['approver'] })).body.code).toBe(
      'session.reauthentication-required',
    );
    const again = (await (
      await backend.ask('POST', '/api/v1/session/reauthenticate', {
        refreshToken: tokens.refreshToken,
        password: administrator.password,
      })
    ).json()) as SessionTokens;
    const proved = deskOf(backend.ask, again.accessToken);
    expect((await change(joined.id, { roles: ['approver'] }, proved)).body.roles).toEqual(['approver']);
  });

  it('are managed by administrators alone', async ({ backend, tokens }) => {
    const joined = await join(backend, tokens.accessToken, {
      ...bob,
      roles: ['operator', 'approver', 'auditor'],
    });
    const his = deskOf(backend.ask, joined.tokens.accessToken);
    for (const [method, path, body] of [
      ['GET', '/operators', undefined],
      ['POST', '/operators', {}],
      ['PATCH', `/operators/${joined.id}`, { roles: ['administrator'] }],
      ['PUT', `/operators/${tokens.session.operator.id}/state`, { state: 'removed' }],
      ['DELETE', `/operators/${tokens.session.operator.id}/second-factor`, undefined],
      ['GET', `/operators/${tokens.session.operator.id}/sessions`, undefined],
      ['POST', `/operators/${tokens.session.operator.id}/sessions/end`, {}],
    ] as const)
      expect(await his.call(method, path, body)).toMatchObject({
        status: 403,
        body: { code: 'session.not-permitted' },
      });
  });

  it('have sessions that they and administrators can list and end', async ({ backend, tokens, desk }) => {
    const joined = await join(backend, tokens.accessToken, bob);
    const his = deskOf(backend.ask, joined.tokens.accessToken);
    const { body } = await desk.call<{ sessions: { id: string; current: boolean; clientAddress: string }[] }>(
      'GET',
      `/operators/${joined.id}/sessions`,
    );
    expect(body.sessions).toMatchObject([{ current: false, clientAddress: '127.0.0.1' }]);
    expect((await his.call('GET', '/me/sessions')).body).toMatchObject({ sessions: [{ current: true }] });
    const end = (sessionId: string) =>
      desk.call('POST', `/operators/${joined.id}/sessions/end`, { sessionId });
    expect((await end('made-up')).body).toMatchObject({ code: 'session.not-found' });
    expect((await end(body.sessions[0]?.id ?? '')).body).toEqual({ ended: 1 });
    expect((await his.call('GET', '/me')).status).toBe(401);
    const refresh = await backend.ask('POST', '/api/v1/session/refresh', {
      refreshToken: joined.tokens.refreshToken,
    });
    expect(await refresh.json()).toMatchObject({ code: 'session.expired' });
  });
});
