import { describe, expect } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { staffedTest } from '../../fixtures/api.ts';
import type { Member } from '../../backend/staffed-desk.ts';

const second = 1000;

describe("an operator's session", { timeout: 90_000 }, () => {
  const it = staffedTest
    .extend('post', ({ backend }) => async (path: string, body: object) => {
      const answer = await backend.ask('POST', `/api/v1/session${path}`, body);
      return (await answer.json()) as SessionTokens & { code?: string; ticket?: string };
    })
    .extend(
      'renew',
      ({ post }) =>
        (refreshToken: string) =>
          post('/refresh', { refreshToken }),
    )
    .extend(
      'isOpen',
      ({ backend }) =>
        async (accessToken: string) =>
          (await backend.ask('GET', '/api/v1/session', undefined, { authorization: `Bearer ${accessToken}` }))
            .status === 200,
    );
  /** The refresh tokens of a session, oldest first, each exchanged two minutes after the one before. */
  const generations = async (
    { clock }: { clock: { at: number } },
    renew: (token: string) => Promise<SessionTokens>,
    member: Member,
    count: number,
  ): Promise<SessionTokens[]> => {
    const tokens: SessionTokens[] = [];
    for (let last = member.refreshToken(); tokens.length < count;) {
      clock.at += 120 * second;
      const next = await renew(last);
      tokens.push(next);
      last = next.refreshToken;
    }
    return tokens;
  };

  it.for([0, 1, 2, 3])(
    'ends when a refresh token of %i generations before is used again',
    async (back, { backend, operator, renew, isOpen }) => {
      const first = operator.refreshToken();
      const tokens = await generations(backend, renew, operator, 4);
      const newest = tokens.at(-1);
      const old = [first, ...tokens.map(({ refreshToken }) => refreshToken)][3 - back] ?? '';
      backend.clock.at += 61 * second;
      expect(await isOpen(newest?.accessToken ?? '')).toBe(true);
      expect((await renew(old)).code).toBe('session.expired');
      expect(await isOpen(newest?.accessToken ?? '')).toBe(false);
      expect((await renew(newest?.refreshToken ?? '')).code).toBe('session.expired');
      const reused = (await backend.readAudit()).filter(({ facts }) =>
        facts.includes('refresh-token-reused'),
      );
      expect(reused).toMatchObject([{ action: 'operator.session-expired', outcome: 'refused' }]);
    },
  );

  it('gets the same tokens again within a minute', async ({ backend, operator, renew, isOpen }) => {
    const first = operator.refreshToken();
    const lost = await renew(first);
    backend.clock.at += 59 * second;
    const again = await renew(first);
    expect(again.refreshToken).toBe(lost.refreshToken);
    expect(again.accessToken).toBe(lost.accessToken);
    expect(await isOpen(again.accessToken)).toBe(true);
    expect((await renew(again.refreshToken)).code).toBeUndefined();
  });

  it('ends when the token before is used within the minute, after the new ones were used', async ({
    operator,
    renew,
    isOpen,
  }) => {
    const stolen = operator.refreshToken();
    const { accessToken, refreshToken } = await renew(stolen);
    expect(await isOpen(accessToken)).toBe(true);
    expect((await renew(stolen)).code).toBe('session.expired');
    expect(await isOpen(accessToken)).toBe(false);
    expect((await renew(refreshToken)).code).toBe('session.expired');
  });

  it('ends when a token before the last one is used within the minute', async ({ operator, renew }) => {
    const first = operator.refreshToken();
    const { refreshToken } = await renew(first);
    const { refreshToken: newest } = await renew(refreshToken);
    expect((await renew(first)).code).toBe('session.expired');
    expect((await renew(newest)).code).toBe('session.expired');
  });

  it('ends when its operator changes the password in another session, which stays open', async ({
    operator,
    isOpen,
  }) => {
    const other = await operator.elsewhere();
    const change = { current: operator.password, password: 'Other+Harbour9' };
    expect((await operator.call('POST', '/me/password', change)).status).toBe(200);
    expect(await isOpen(other.accessToken())).toBe(false);
    expect(await isOpen(operator.accessToken())).toBe(true);
  });

  it('is renewed once by two calls at once', async ({ backend, operator, renew }) => {
    const token = operator.refreshToken();
    const answers = await Promise.all([renew(token), renew(token), renew(token)]);
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect((await renew(answers[0]?.refreshToken ?? '')).code).toBeUndefined();
    const ended = (await backend.readAudit()).filter(({ action }) => action === 'operator.session-expired');
    expect(ended).toEqual([]);
  });

  it('accepts the same proof again when its answer was lost', async ({ backend, operator, post, isOpen }) => {
    const proof = { refreshToken: operator.refreshToken(), password: operator.password };
    await post('/reauthenticate', proof);
    backend.clock.at += 30 * second;
    const again = await post('/reauthenticate', proof);
    expect(await isOpen(again.accessToken)).toBe(true);
    expect(Date.parse(again.session.authenticatedAt)).toBe(backend.clock.at);
  });

  it('stays locked when a refresh was under way as the console was locked', async ({
    backend,
    operator,
    renew,
    isOpen,
  }) => {
    const token = operator.refreshToken();
    const { accessToken } = await renew(token);
    const { id } = (await operator.call<{ id: string }>('GET', '/session')).body;
    expect(id).toBeUndefined();
    await backend.changeRows((db) =>
      db
        .updateTable('operator_sessions')
        .set({ locked_at: backend.clock.at })
        .where('operator_id', '=', operator.id)
        .execute(),
    );
    expect((await renew(token)).code).toBe('session.idle-locked');
    expect(await isOpen(accessToken)).toBe(false);
  });

  it.for([
    'the password was changed',
    'the second factor was changed',
    'the second factor was removed',
    'the operator was disabled',
    'the operator was enabled again',
  ])(
    'cannot be opened with a ticket from before %s',
    async (event, { backend, operator, administrator, post }) => {
      const { userName, password } = operator;
      const { ticket } = await post('', { userName, password });
      await administrator.prove();
      await backend.changeRows(async (db) => {
        const at = (values: object) =>
          db.updateTable('operators').set(values).where('id', '=', operator.id).execute();
        if (event === 'the password was changed') await at({ password_hash: '$argon2id$another' });
        if (event === 'the second factor was changed') await at({ totp_secret: 'another secret' });
      });
      const path = `/operators/${operator.id}`;
      if (event === 'the second factor was removed')
        await administrator.call('DELETE', `${path}/second-factor`);
      if (event.startsWith('the operator')) {
        await administrator.call('PUT', `${path}/state`, { state: 'disabled' });
        if (event.endsWith('again')) await administrator.call('PUT', `${path}/state`, { state: 'active' });
      }
      expect((await post('/code', { ticket, code: operator.recoveryCodes[0] })).code).toBe(
        event.endsWith('again') ? undefined : 'session.ticket-gone',
      );
    },
  );

  it('is refused with the same error for a disabled operator, whether the password is right or wrong', async ({
    operator,
    administrator,
    post,
  }) => {
    await administrator.prove();
    await administrator.call('PUT', `/operators/${operator.id}/state`, { state: 'disabled' });
    const { userName, password } = operator;
    expect((await post('', { userName, password })).code).toBe('session.credentials-wrong');
    expect((await post('', { userName, password: 'wrong-password' })).code).toBe('session.credentials-wrong');
  });

  it('gets the temporary password of an idempotency key in the session that reset alone', async ({
    operator,
    staffedDesk,
  }) => {
    const view = await operator.openCase('m.okafor');
    staffedDesk.backend.clock.at += second;
    const started = await operator.startCode(view.id);
    await operator.readBack(started.body.case, await staffedDesk.lastCode());
    const grant = await operator.mint(view.id, 'temporary-password');
    const press = (by: Member) => by.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
    const { body } = await press(operator);
    expect(body.temporaryPassword).not.toBeNull();
    expect((await press(operator)).body.temporaryPassword).toBe(body.temporaryPassword);
    const elsewhere = await operator.elsewhere();
    expect((await press(elsewhere)).body).toMatchObject({ code: 'reset.key-reused' });
  });

  it('gets no temporary password of an idempotency key beyond its validity', async ({
    operator,
    staffedDesk,
  }) => {
    const { backend } = staffedDesk;
    await staffedDesk.changePolicy(({ temporaryPassword }) => ({
      temporaryPassword: { ...temporaryPassword, validFor: 600 },
    }));
    const view = await operator.openCase('m.okafor');
    backend.clock.at += second;
    const started = await operator.startCode(view.id);
    await operator.readBack(started.body.case, await staffedDesk.lastCode());
    const grant = await operator.mint(view.id, 'temporary-password');
    const press = () => operator.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
    expect((await press()).body.temporaryPassword).not.toBeNull();
    backend.clock.at += 599 * second;
    expect((await press()).body.temporaryPassword).not.toBeNull();
    backend.clock.at += second;
    await operator.renew();
    expect((await press()).body.code).toBe('reset.secret-gone');
  });
});
