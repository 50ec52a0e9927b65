import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { NextStep } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { codeAt, invite, join, type Person } from '../../backend/join-operator.ts';

const bob: Person = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'],
};
const step = 30_000;
const minute = 60_000;
const day = 24 * 60 * minute;

describe('the second factor of an operator', () => {
  const it = newBackendTest
    .extend('joined', { auto: true }, async ({ backend, tokens }) => {
      const joined = await join(backend, tokens.accessToken, bob);
      // The next code of his authenticator is valid half a minute later.
      backend.clock.at += step;
      return joined;
    })
    .extend(
      'post',
      ({ backend }) =>
        async (path: string, body: object) =>
          (await (await backend.ask('POST', `/api/v1/session${path}`, body)).json()) as Record<
            string,
            unknown
          >,
    )
    .extend(
      'begin',
      ({ post }) =>
        async () =>
          (await post('', { userName: 'bob', password: bob.password })) as unknown as NextStep,
    )
    .extend(
      'now',
      ({ joined, backend }) =>
        () =>
          codeAt(joined.secret, backend.clock.at),
    )
    .extend(
      'wrong',
      ({ now }) =>
        () =>
          now() === '000000' ? '111111' : '000000',
    )
    .extend(
      'answer',
      ({ post }) =>
        (ticket: string, code: string) =>
          post('/code', { ticket, code }),
    )
    .extend('events', ({ desk }) => async () => {
      const { body } = await desk.call<{ mails: { id: string; subject: string; to: string }[] }>(
        'GET',
        '/outbox',
      );
      return body.mails;
    });

  it('is asked for after the password', async ({ begin, answer, now, joined, backend }) => {
    const { step: next, ticket } = await begin();
    expect(next).toBe('code');
    expect(await answer(ticket, now())).toMatchObject({ session: { operator: { userName: 'bob' } } });
    expect(await answer(ticket, codeAt(joined.secret, backend.clock.at + step))).toMatchObject({
      code: 'session.ticket-gone',
    });
  });

  it('accepts each code only once', async ({ now, answer, begin, joined, backend }) => {
    const used = now();
    await answer((await begin()).ticket, used);
    const { ticket } = await begin();
    expect(await answer(ticket, used)).toMatchObject({ code: 'session.code-replayed' });
    expect(await answer(ticket, codeAt(joined.secret, backend.clock.at - step))).toMatchObject({
      code: 'session.code-replayed',
    });
    backend.clock.at += step;
    expect(await answer(ticket, now())).toHaveProperty('accessToken');
  });

  it('opens one session when the same code comes twice at once', async ({ begin, answer, now }) => {
    const [first, second] = await Promise.all([begin(), begin()]);
    const outcomes = await Promise.all([answer(first.ticket, now()), answer(second.ticket, now())]);
    expect(outcomes.filter((outcome) => 'accessToken' in outcome)).toHaveLength(1);
  });

  it('locks after three wrong codes, for longer each time, until an administrator unlocks', async ({
    begin,
    answer,
    wrong,
    backend,
    now,
    desk,
    joined,
  }) => {
    const { ticket } = await begin();
    for (let guess = 0; guess < 2; guess += 1)
      expect(await answer(ticket, wrong())).toMatchObject({ code: 'session.code-wrong' });
    const locked = async () => {
      const { code, until } = await answer(ticket, wrong());
      expect(code).toBe('session.operator-locked');
      return Date.parse(String(until)) - backend.clock.at;
    };
    expect(await locked()).toBe(minute);
    expect(await answer(ticket, now())).toMatchObject({ code: 'session.operator-locked' });
    expect(await begin()).toMatchObject({ code: 'session.operator-locked' });
    backend.clock.at += minute;
    expect(await locked()).toBe(2 * minute);
    expect((await desk.call('POST', `/operators/${joined.id}/unlock`)).body).toMatchObject({
      lockedUntil: null,
    });
    expect(await answer(ticket, now())).toHaveProperty('accessToken');
  });

  it('can be a recovery code once', async ({ joined, begin, answer, events }) => {
    const [code = ''] = joined.recoveryCodes;
    expect(joined.recoveryCodes).toHaveLength(10);
    const outcomes = await Promise.all(
      [await begin(), await begin()].map(({ ticket }) =>
        answer(ticket, code.toUpperCase().replace('-', ' ')),
      ),
    );
    expect(outcomes.filter((outcome) => 'accessToken' in outcome)).toHaveLength(1);
    expect(await answer((await begin()).ticket, code)).toMatchObject({ code: 'session.code-wrong' });
    await expect
      .poll(async () => (await events()).map(({ to, subject }) => `${to} ${subject}`))
      .toContain('bob@example.com One of your recovery codes was used');
  });

  it('has a ticket for ten minutes that works for nothing else', async ({
    begin,
    backend,
    post,
    answer,
    now,
  }) => {
    const { ticket } = await begin();
    const bearer = { authorization: `Bearer ${ticket}` };
    expect((await backend.ask('GET', '/api/v1/me', undefined, bearer)).status).toBe(401);
    expect(await post('/enrolment', { ticket })).toMatchObject({ code: 'session.ticket-gone' });
    expect(await post('/refresh', { refreshToken: ticket })).toMatchObject({ code: 'session.expired' });
    backend.clock.at += 10 * minute;
    expect(await answer(ticket, now())).toMatchObject({ code: 'session.ticket-gone' });
  });

  it('proves an operator once more, as the password does', async ({ joined, backend, post, wrong, now }) => {
    const { refreshToken } = joined.tokens;
    backend.clock.at += 20 * minute;
    expect(await post('/refresh', { refreshToken })).toMatchObject({ code: 'session.idle-locked' });
    expect(await post('/reauthenticate', { refreshToken, code: wrong() })).toMatchObject({
      code: 'session.code-wrong',
    });
    const again = await post('/reauthenticate', { refreshToken, code: now() });
    expect(again).toMatchObject({ session: { authenticatedAt: new Date(backend.clock.at).toISOString() } });
    expect(await post('/reauthenticate', { refreshToken: again['refreshToken'], code: now() })).toMatchObject(
      { code: 'session.code-replayed' },
    );
  });

  it('is replaced by its owner only once the new one has given a code', async ({
    answer,
    begin,
    now,
    backend,
    wrong,
    joined,
  }) => {
    const { accessToken } = (await answer((await begin()).ticket, now())) as { accessToken: string };
    const his = deskOf(backend.ask, accessToken);
    const { body: offer } = await his.call<{ secret: string; ticket: string }>('POST', '/me/second-factor');
    const confirm = (code: string) =>
      his.call<{ recoveryCodes: string[] }>('POST', '/me/second-factor/confirm', {
        ticket: offer.ticket,
        code,
      });
    expect((await confirm(wrong())).body).toMatchObject({ code: 'session.code-wrong' });
    backend.clock.at += step;
    expect(await answer((await begin()).ticket, now())).toHaveProperty('accessToken');
    const { body } = await confirm(codeAt(offer.secret, backend.clock.at));
    expect(body.recoveryCodes).toHaveLength(10);
    backend.clock.at += step;
    const { ticket } = await begin();
    expect(await answer(ticket, now())).toMatchObject({ code: 'session.code-wrong' });
    expect(await answer(ticket, joined.recoveryCodes[1] ?? '')).toMatchObject({ code: 'session.code-wrong' });
    expect(await answer(ticket, codeAt(offer.secret, backend.clock.at))).toHaveProperty('accessToken');
  });

  it('can be enrolled again after an administrator’s reset', async ({
    desk,
    joined,
    begin,
    post,
    backend,
  }) => {
    const reset = await desk.call('DELETE', `/operators/${joined.id}/second-factor`);
    expect(reset.body).toMatchObject({ secondFactorSince: null, sessions: 0 });
    const { step: next, ticket } = await begin();
    expect(next).toBe('enrol');
    const { secret } = (await post('/enrolment', { ticket })) as { secret: string };
    expect(
      await post('/enrolment/confirm', { ticket, code: codeAt(secret, backend.clock.at) }),
    ).toHaveProperty('accessToken');
  });

  it('leaves no recovery code behind when an administrator resets it', async ({
    desk,
    joined,
    begin,
    backend,
  }) => {
    await desk.call('DELETE', `/operators/${joined.id}/second-factor`);
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    const operatorSession = { ...policy.document.operatorSession, secondFactor: 'optional' };
    const document = { ...policy.document, operatorSession };
    await desk.call('PUT', '/policy', { basedOn: policy.version, document });
    const { accessToken } = (await begin()) as unknown as { accessToken: string };
    const { body } = await deskOf(backend.ask, accessToken).call('GET', '/me');
    expect(body).toMatchObject({ secondFactorSince: null, recoveryCodesLeft: 0 });
  });

  it('cannot be replaced with a password alone once it is there', async ({
    desk,
    joined,
    begin,
    post,
    backend,
  }) => {
    await desk.call('DELETE', `/operators/${joined.id}/second-factor`);
    const [first, second] = [await begin(), await begin()];
    const offer = async (ticket: string) => (await post('/enrolment', { ticket })) as { secret: string };
    const [offered, also] = [await offer(first.ticket), await offer(second.ticket)];
    const confirm = (ticket: string, { secret }: { secret: string }) =>
      post('/enrolment/confirm', { ticket, code: codeAt(secret, backend.clock.at) });
    expect(await confirm(first.ticket, offered)).toHaveProperty('accessToken');
    expect(await confirm(second.ticket, also)).toMatchObject({ code: 'session.ticket-gone' });
    expect(await offer(second.ticket)).toMatchObject({ code: 'session.ticket-gone' });
  });

  it('is asked of the first administrator as soon as they are not alone', async ({ post }) => {
    const { userName, password } = administrator;
    expect(await post('', { userName, password })).toMatchObject({ step: 'enrol' });
  });

  it('is in the database only sealed or as hashes', async ({ joined, backend }) => {
    const secrets = [
      joined.secret,
      ...joined.recoveryCodes,
      ...joined.recoveryCodes.map((code) => code.replace('-', '')),
    ];
    for (const file of readdirSync(backend.dataFolder).filter((name) => name.startsWith('reset-desk.db'))) {
      const text = readFileSync(`${backend.dataFolder}/${file}`, 'latin1');
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    for (const secret of secrets) expect(backend.lines.join('\n')).not.toContain(secret);
  });
});

describe('a first administrator alone', () => {
  const it = newBackendTest.extend('signIn', ({ backend }) => async () => {
    const { userName, password } = administrator;
    const answer = await backend.ask('POST', '/api/v1/session', { userName, password });
    return (await answer.json()) as Record<string, unknown>;
  });

  it('may put the second factor off for seven days', async ({ backend, signIn }) => {
    await backend.setUp();
    const by = new Date(backend.clock.at + 7 * day).toISOString();
    expect(await signIn()).toMatchObject({ session: { secondFactorBy: by } });
    backend.clock.at += 7 * day;
    expect(await signIn()).toMatchObject({ step: 'enrol' });
  });

  it('may not once another operator is invited', async ({ backend, signIn }) => {
    const { accessToken } = await backend.setUp();
    await invite(backend, accessToken, bob);
    expect(await signIn()).toMatchObject({ step: 'enrol' });
    const ann = deskOf(backend.ask, accessToken);
    const { body } = await ann.call<PolicyView>('GET', '/policy');
    const operatorSession = { ...body.document.operatorSession, secondFactor: 'optional' };
    await ann.call('PUT', '/policy', {
      basedOn: body.version,
      document: { ...body.document, operatorSession },
    });
    expect(await signIn()).toMatchObject({ session: { secondFactorBy: null } });
  });
});
