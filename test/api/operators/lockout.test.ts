import { describe, expect } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { runCommand } from '../../../backend/app/commands/run-command.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { staffedTest } from '../../fixtures/api.ts';
import type { Member } from '../../backend/staffed-desk.ts';

const [office, elsewhere] = ['192.0.2.7', '198.51.100.9'];
const device = 'a-random-id-of-the-console-0123456789';
const allowed = defaultPolicy.signIn.failures;
type Answer = SessionTokens & { readonly code?: string; readonly step?: string; readonly ticket?: string };

describe('attackers who guess passwords', { timeout: 120_000 }, () => {
  const it = staffedTest
    .extend('staffedOptions', () => ({ trustProxy: '127.0.0.1' }))
    .extend(
      'post',
      ({ backend }) =>
        async (path: string, body: object, from: string, console?: string): Promise<Answer> => {
          const answer = await backend.ask('POST', `/api/v1/session${path}`, body, {
            'x-forwarded-for': from,
            ...(console !== undefined && { 'x-reset-desk-device': console }),
          });
          return (await answer.json()) as Answer;
        },
    )
    .extend(
      'guess',
      ({ post }) =>
        (userName: string, from: string, console?: string) =>
          post('', { userName, password: 'wrong-password' }, from, console),
    )
    .extend(
      'signIn',
      ({ post }) =>
        ({ userName, password }: Member, from: string, console?: string) =>
          post('', { userName, password }, from, console),
    )
    .extend('lockFrom', ({ guess }) => async (userName: string, from: string) => {
      for (let at = 1; at < allowed; at += 1)
        expect((await guess(userName, from)).code).toBe('session.credentials-wrong');
      expect((await guess(userName, from)).code).toBe('session.operator-locked');
    })
    .extend('lockEverywhere', ({ guess }) => async (userName: string) => {
      for (let network = 0; network < 10; network += 1)
        for (let at = 0; at < allowed; at += 1) await guess(userName, `203.0.113.${network}`);
    });

  it('lock themselves out at their own network alone', async ({ operator, lockFrom, signIn }) => {
    await lockFrom(operator.userName, elsewhere);
    expect((await signIn(operator, elsewhere)).code).toBe('session.operator-locked');
    expect(await signIn(operator, office)).toMatchObject({ step: 'code' });
  });

  it('do not lock a console out with which the operator has signed in, from however many networks', async ({
    operator,
    post,
    signIn,
    guess,
    lockEverywhere,
    lockFrom,
  }) => {
    const { ticket } = await signIn(operator, office, device);
    await post('/code', { ticket, code: operator.recoveryCodes[0] }, office, device);
    await lockEverywhere(operator.userName);
    expect((await signIn(operator, office)).code).toBe('session.operator-locked');
    expect((await signIn(operator, '192.0.2.200')).code).toBe('session.operator-locked');
    expect(await signIn(operator, office, device)).toMatchObject({ step: 'code' });
    // Another console's id does not belong to this operator.
    expect((await signIn(operator, office, `${device}-other`)).code).toBe('session.operator-locked');
    for (let at = 1; at < allowed; at += 1) await guess(operator.userName, office, device);
    expect((await guess(operator.userName, office, device)).code).toBe('session.operator-locked');
    expect((await signIn(operator, office, device)).code).toBe('session.operator-locked');
    await lockFrom('made.up', office);
  });

  it('learn no names from the lock', async ({ operator, guess }) => {
    const codesOf = async (userName: string) => {
      const codes: (string | undefined)[] = [];
      for (let at = 0; at < allowed + 2; at += 1) codes.push((await guess(userName, elsewhere)).code);
      return codes;
    };
    expect(await codesOf('made.up')).toEqual(await codesOf(operator.userName));
  });

  it('do not keep the proof in an open session from counting', async ({ operator, post, lockEverywhere }) => {
    await lockEverywhere(operator.userName);
    const { password } = operator;
    const proof = { refreshToken: operator.refreshToken(), password };
    expect(await post('/reauthenticate', proof, office)).toHaveProperty('accessToken');
  });

  it('end only the session in which they guess', async ({ operator, post, backend }) => {
    const other = await operator.elsewhere();
    const refreshToken = other.refreshToken();
    const codes: (string | undefined)[] = [];
    for (let at = 0; at < allowed; at += 1)
      codes.push((await post('/reauthenticate', { refreshToken, password: 'wrong-password' }, office)).code);
    expect(codes).toEqual([
      ...Array.from({ length: allowed - 1 }, () => 'session.credentials-wrong'),
      'session.expired',
    ]);
    expect((await post('/refresh', { refreshToken }, office)).code).toBe('session.expired');
    expect((await operator.call('GET', '/me')).status).toBe(200);
    const ended = (await backend.readAudit()).filter(({ action }) => action === 'operator.session-ended');
    expect(ended).toHaveLength(1);
  });

  it('have their mistakes in a session forgotten by the proof', async ({ operator, post }) => {
    let refreshToken = operator.refreshToken();
    for (let round = 0; round < 2; round += 1) {
      for (let at = 1; at < allowed; at += 1)
        await post('/reauthenticate', { refreshToken, password: 'wrong-password' }, office);
      const proved = await post('/reauthenticate', { refreshToken, password: operator.password }, office);
      expect(proved).toHaveProperty('accessToken');
      ({ refreshToken } = proved);
    }
  });

  it('are forgotten by a command on the server', async ({
    operator,
    lockEverywhere,
    signIn,
    backend,
    administrator,
  }) => {
    await lockEverywhere(operator.userName);
    expect((await signIn(operator, office)).code).toBe('session.operator-locked');
    const output: string[] = [];
    const print = { out: (line: string) => output.push(line), err: (line: string) => output.push(line) };
    const variables = backend.database === null ? {} : { RESET_DESK_DATABASE_URL: backend.database.url };
    const run = (...args: string[]) => runCommand([...args, '--data', backend.dataFolder], variables, print);
    expect(await run('operator', 'unlock', 'made.up')).toBe(2);
    expect(await run('operator', 'unlock')).toBe(2);
    expect(await run('operator', 'unlock', operator.userName.toUpperCase())).toBe(0);
    expect(output.join('\n')).toContain('is unlocked');
    expect(await signIn(operator, office)).toMatchObject({ step: 'code' });
    const unlocked = (await backend.readAudit()).filter(({ action }) => action === 'operator.unlocked');
    expect(unlocked).toMatchObject([{ actor_kind: 'system' }]);
    expect(await run('operator', 'disable', 'ann')).toBe(2);
    expect(output.join('\n')).toContain('only administrator');
    await administrator.prove();
    await administrator.call('PATCH', `/operators/${operator.id}`, {
      scope: { departments: ['Sales'], tiers: [], directories: [] },
    });
    expect(await run('operator', 'clear-scope', operator.userName)).toBe(0);
    const { body } = await administrator.call<{ operators: { id: string; scope: object }[] }>(
      'GET',
      '/operators',
    );
    expect(body.operators.find(({ id }) => id === operator.id)?.scope).toEqual({
      departments: [],
      tiers: [],
      directories: [],
    });
    expect(await run('operator', 'disable', operator.userName)).toBe(0);
    expect((await operator.call('GET', '/session')).status).toBe(401);
    const disabled = (await backend.readAudit()).filter(({ action }) => action === 'operator.disabled');
    expect(disabled).toMatchObject([{ actor_kind: 'system' }]);
  });

  it('do not fill the log with names that no operator has', async ({ backend, guess }) => {
    for (let at = 0; at < 40; at += 1) await guess(`made.up.${at}`, elsewhere);
    const failed = (await backend.readAudit()).filter(({ action }) => action === 'operator.sign-in-failed');
    expect(failed).toHaveLength(1);
    await backend.restart();
    const counted = (await backend.readAudit()).filter(({ action }) => action === 'operator.sign-in-failed');
    expect(counted.map(({ facts }) => (JSON.parse(facts) as { further?: number }).further)).toEqual([
      undefined,
      39,
    ]);
  });

  it('do not move their count with a header that no proxy of ours sent', async ({
    staffedDesk,
    lockFrom,
    signIn,
    operator,
  }) => {
    await lockFrom(operator.userName, elsewhere);
    // The proxy appends the address that it sees. The client's own entries before it are ignored.
    expect((await signIn(operator, `${office}, ${elsewhere}`)).code).toBe('session.operator-locked');
    expect(staffedDesk.backend.lines.join('\n')).not.toContain('unexpected');
  });
});

describe('without a trusted proxy', () => {
  staffedTest(
    'a forged address does not move the count of wrong passwords',
    async ({ backend, operator }) => {
      const guess = async (from: string) => {
        const { userName } = operator;
        const answer = await backend.ask(
          'POST',
          '/api/v1/session',
          { userName, password: 'wrong-password' },
          { 'x-forwarded-for': from },
        );
        return ((await answer.json()) as Answer).code;
      };
      const codes: (string | undefined)[] = [];
      for (let at = 0; at < allowed; at += 1) codes.push(await guess(`192.0.2.${at}`));
      expect(codes.at(-1)).toBe('session.operator-locked');
    },
  );
});
