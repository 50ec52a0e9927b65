import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { limits } from '../../../shared/api/limits.ts';
import { everyAccount, roles, type OperatorScope, type Role } from '../../../shared/api/operator.ts';
import { possibleErrors } from '../../../shared/api/possible-errors.ts';
import { errorStatus, type ErrorCode } from '../../../shared/errors/codes.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../../backend/staffed-desk.ts';
import { trustEachAdministrator } from '../../backend/trust-each-administrator.ts';
import { expectedOf } from './oracle.ts';
import { sampleBody } from './sample-body.ts';
import { scopeOf, subjectsAbout, type Subjects } from './subjects.ts';

interface Person {
  readonly name: string;
  readonly role: Role;
  readonly scope: OperatorScope;
  readonly member: Member;
}

interface Reply {
  readonly status: number;
  readonly code: ErrorCode | null;
}

const declared = Object.values<Endpoint>(endpoints);
const titled = declared.map((each) => [`${each.method} ${each.path}`, each] as const);
/** Endpoints that end the session of their call. */
const endsSession = new Set(['signOut']);
const outOfScope = 'account.out-of-scope';
const notPermitted = 'session.not-permitted';
let cases = 0;

/** The path of an endpoint with the ids of the subjects; missing ids are made up. */
const pathOf = ({ path, params, query }: Endpoint, subjects: Subjects): string => {
  const made = { ...(params && (sampleBody(params) as Record<string, string>)), ...subjects };
  const search = new URLSearchParams(
    query === undefined ? {} : (sampleBody(query) as Record<string, string>),
  );
  return `${apiPrefix}${path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(made[name] ?? 'made-up'))}?${search}`;
};

describe('every endpoint', () => {
  let desk: StaffedDesk;
  let everyone: Member;
  const persons: Person[] = [];
  let inside: Subjects;
  let outside: Subjects;
  let insideScope: OperatorScope;
  let outsideContact: {
    readonly userName: string;
    readonly displayName: string;
    readonly email: string;
    readonly phone: string;
    readonly employeeNumber: string;
  };

  const send = async (
    endpoint: Endpoint,
    subjects: Subjects,
    token: string | null,
    content: { readonly body?: string; readonly type?: string } = {},
  ): Promise<Reply> => {
    cases += 1;
    const leave = new AbortController();
    const { body, type = endpoint.stream === true ? 'application/octet-stream' : 'application/json' } =
      content;
    const answer = await fetch(`${desk.backend.address()}${pathOf(endpoint, subjects)}`, {
      method: endpoint.method,
      headers: {
        'idempotency-key': `every-endpoint-${cases}`,
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && endpoint.method !== 'GET' && { body }),
      signal: leave.signal,
    });
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const code = isProblem ? ((await answer.json()) as { code: ErrorCode }).code : null;
    if (endpoint.events === true) leave.abort();
    else if (!isProblem) await answer.arrayBuffer();
    return { status: answer.status, code };
  };
  /** A body that the endpoint accepts, about the subjects. */
  const bodyOf = ({ id, body }: Endpoint, subjects: Subjects, scope: OperatorScope): string | undefined => {
    if (body === undefined) return undefined;
    const made = sampleBody(body) as Record<string, unknown>;
    if (id === 'openCase') made['accountId'] = subjects['accountId'];
    if (id === 'inviteOperator') made['scope'] = scope;
    if (id === 'inviteOperators')
      made['operators'] = (made['operators'] as object[]).map((operator) => ({ ...operator, scope }));
    // Here each of the desk's administrators acts alone.
    if (id === 'changePolicy')
      (made['document'] as Record<string, unknown>)['protectedChanges'] = {
        secondAdministrator: false,
        validFor: 3600,
      };
    return JSON.stringify(made);
  };
  const hasDepartment = ({ department }: AccountView): boolean => department !== null;

  beforeAll(async () => {
    desk = await startStaffedDesk();
    await trustEachAdministrator(desk.ann);
    const { ann, hire } = desk;
    const view = async (q: string) =>
      (await ann.call<AccountView>('GET', `/accounts/${await ann.accountId(q)}`)).body;
    const found = (await Promise.all(['E10000', 'E10002', 'E10003', 'E10012'].map(view))).filter(
      hasDepartment,
    );
    const [first] = found;
    const other = found.find(({ department }) => department !== first?.department);
    if (!first || !other) throw new Error('the samples are not as this needs them');
    insideScope = scopeOf(first.department ?? '');
    const worker = await hire('worker', 'Wanda Worker', ['operator']);
    const [within, without] = [
      await hire('within', 'Wim Within', ['operator'], insideScope),
      await hire('without', 'Willa Without', ['operator']),
    ];
    everyone = await hire('everyone', 'Eva Everyone', [...roles]);
    for (const role of roles)
      for (const [kind, scope] of [
        ['unscoped', everyAccount],
        ['scoped', insideScope],
      ] as const)
        persons.push({
          name: `${kind} ${role}`,
          role,
          scope,
          member: await hire(`${kind}-${role}`, `${kind} ${role}`, [role], scope),
        });
    for (const member of [worker, everyone, ...persons.map((person) => person.member)]) await member.prove();
    inside = await subjectsAbout(desk, worker, { operatorId: within.id }, first.userName);
    outside = await subjectsAbout(desk, worker, { operatorId: without.id }, other.userName);
    const rows = await desk.backend.readTable('accounts');
    const row = rows.find(({ id }) => id === outside['accountId']) ?? {};
    const text = (column: string) => String(row[column]);
    outsideContact = {
      userName: text('user_name'),
      displayName: text('display_name'),
      email: text('email'),
      phone: text('phone'),
      employeeNumber: text('employee_number'),
    };
  }, 180_000);
  afterAll(() => desk.backend.stop());

  describe('with a fresh session', () => {
    it.each(titled)(
      'answers only callers with its right: %s',
      async (_title, endpoint) => {
        const { who, about } = expectedOf(endpoint.method, endpoint.path);
        const places = about === 'account' || about === 'operator' ? ([inside, outside] as const) : [inside];
        const wrong: string[] = [];
        for (const { name, role, scope, member } of endsSession.has(endpoint.id) ? [] : persons)
          for (const subjects of places) {
            const isInside = subjects === inside;
            const body = bodyOf(endpoint, subjects, isInside ? insideScope : everyAccount);
            const reply = await send(
              endpoint,
              subjects,
              member.accessToken(),
              body === undefined ? {} : { body },
            );
            const isCalled = who === 'strangers' || who === 'operators' || who.includes(role);
            const isScoped = scope !== everyAccount;
            const isOutside = isScoped && (about === 'everything' || (about !== 'nothing' && !isInside));
            const refusal = isCalled ? (about === 'account' ? outOfScope : notPermitted) : notPermitted;
            const isRight =
              isCalled && !isOutside
                ? reply.status !== 500 && reply.code !== outOfScope && reply.code !== notPermitted
                : reply.code === refusal && reply.status === 403;
            if (!isRight)
              wrong.push(`${name}, ${isInside ? 'inside' : 'outside'}: ${reply.status} ${reply.code}`);
          }
        expect(wrong).toEqual([]);
      },
      90_000,
    );
  });

  const lists = titled.filter(
    ([, { id, method, path, events }]) =>
      method === 'GET' && !path.includes(':') && events !== true && id !== 'searchAccounts',
  );
  it.each(lists)(
    'names no account that is out of scope: %s',
    async (_title, endpoint) => {
      const named: string[] = [];
      for (const { name, scope, member } of persons.filter((person) => person.scope !== everyAccount)) {
        const answer = await fetch(`${desk.backend.address()}${pathOf(endpoint, {})}`, {
          headers: { authorization: `Bearer ${member.accessToken()}` },
        });
        const text = await answer.text();
        const found = [outside['accountId'], outside['caseId']].filter((id) => text.includes(id ?? ''));
        if (found.length > 0) named.push(`${name} (${scope.departments.join()}): ${found.join()}`);
      }
      expect(named).toEqual([]);
    },
    90_000,
  );

  it.each(['/audit/events?limit=500', '/audit/export?format=jsonl', '/outbox?limit=200', '/outbox/texts'])(
    'names an account in scope: %s',
    async (path) => {
      const read = async (member: Member) =>
        (
          await fetch(`${desk.backend.address()}${apiPrefix}${path}`, {
            headers: { authorization: `Bearer ${member.accessToken()}` },
          })
        ).text();
      const role = path.startsWith('/audit') ? 'auditor' : 'administrator';
      const [unscoped = '', scoped = ''] = await Promise.all(
        persons.filter((person) => person.role === role).map(({ member }) => read(member)),
      );
      const idsOf = (subjects: Subjects) =>
        path.startsWith('/audit')
          ? subjects['accountId']
          : subjects[path.startsWith('/outbox?') ? 'mailId' : 'textId'];
      for (const [text, whole] of [
        [unscoped, true],
        [scoped, false],
      ] as const) {
        expect(text).toContain(idsOf(inside));
        expect(text.includes(idsOf(outside) ?? '')).toBe(whole);
      }
    },
  );

  it('finds an account that is out of scope by its names alone', async () => {
    const { email, phone, employeeNumber } = outsideContact;
    const scoped = persons.find(({ name }) => name === 'scoped operator');
    const find = async (q: string) => {
      const { body } = await (scoped as Person).member.call<{ hits: { id: string; exact: string | null }[] }>(
        'GET',
        `/accounts?q=${encodeURIComponent(q)}`,
      );
      return body.hits.find(({ id }) => id === outside['accountId'])?.exact;
    };
    expect(await find(outsideContact.userName)).toBe('user-name');
    expect(await find(outsideContact.displayName)).toBeNull();
    for (const known of [email, email.slice(0, -1), phone, phone.slice(-4), employeeNumber])
      expect(await find(known)).toBeUndefined();
  });

  describe('with a session that is over, locked or none', () => {
    const states = new Map<string, { readonly token: string | null; readonly code: ErrorCode }>();
    beforeAll(async () => {
      const { ann, hire, backend } = desk;
      const member = (name: string) => hire(name, `Session ${name}`, [...roles]);
      const keep = (state: string, token: string | null, code: ErrorCode) =>
        states.set(state, { token, code });
      keep('no token', null, 'session.missing');
      keep('a made-up token', 'made-up-token-made-up-token', 'session.missing');
      keep('a refresh token', (await member('refresh')).refreshToken(), 'session.missing');
      const sessionIdOf = async (of: Member) => (await of.call<{ id: string }>('GET', '/session')).body.id;
      const idle = await member('idle');
      const expired = await member('expired');
      const [idleId, expiredId] = [await sessionIdOf(idle), await sessionIdOf(expired)];
      await backend.changeRows(async (db) => {
        await db
          .updateTable('operator_sessions')
          .set({ last_activity_at: 0 })
          .where('id', '=', idleId)
          .execute();
        await db
          .updateTable('operator_sessions')
          .set({ access_expires_at: 0 })
          .where('id', '=', expiredId)
          .execute();
      });
      keep('an idle session', idle.accessToken(), 'session.idle-locked');
      keep('a token that is too old', expired.accessToken(), 'session.expired');
      const locked = await member('locked');
      const leave = new AbortController();
      await fetch(`${backend.address()}/api/v1/live/locked`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken: locked.refreshToken() }),
        signal: leave.signal,
      });
      leave.abort();
      keep('a locked console', locked.accessToken(), 'session.idle-locked');
      const demoted = await member('demoted');
      const disabled = await member('disabled');
      const ended = await member('ended');
      await ann.prove();
      await ann.call('PATCH', `/operators/${demoted.id}`, { roles: ['operator'] });
      await ann.call('PUT', `/operators/${disabled.id}/state`, { state: 'disabled' });
      await ended.call('DELETE', '/session');
      keep('a demoted operator', demoted.accessToken(), 'session.missing');
      keep('a disabled operator', disabled.accessToken(), 'session.missing');
      keep('a session that was signed out', ended.accessToken(), 'session.missing');
      const { userName, password } = everyone;
      const step = await backend.ask('POST', '/api/v1/session', { userName, password });
      keep(
        'a sign-in without its code',
        ((await step.json()) as { ticket: string }).ticket,
        'session.missing',
      );
    }, 120_000);

    it.each(titled.filter(([, { right }]) => right !== null))(
      'refuses every call: %s',
      async (_title, endpoint) => {
        expect(expectedOf(endpoint.method, endpoint.path).who).not.toBe('strangers');
        const replies: Record<string, Reply> = {};
        const body = bodyOf(endpoint, inside, insideScope);
        for (const [state, { token }] of states)
          replies[state] = await send(endpoint, inside, token, body === undefined ? {} : { body });
        const refused = [...states].map(([state, { code }]) => [state, { status: 401, code }] as const);
        expect(replies).toEqual(Object.fromEntries(refused));
      },
      90_000,
    );
  });

  describe('with a body of any shape', () => {
    const deep = (depth: number) => `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`;
    const shapes: readonly (readonly [string, string, string?])[] = [
      ['null', 'null'],
      ['a list', '[]'],
      ['a list of lists', '[[[]]]'],
      ['a text', '"text"'],
      ['a number', '12'],
      ['a truth', 'true'],
      ['no JSON', '{"a":'],
      ['nothing', ''],
      ['a deep object', deep(2000)],
      ['a prototype', '{"__proto__":{"roles":["administrator"]},"constructor":{"prototype":{}}}'],
      ['a control character', '{"reason":"\\u0000","note":"\\u0000","userName":"\\u0000"}'],
      ['plain text', 'text', 'text/plain'],
      ['a form', 'a=b', 'application/x-www-form-urlencoded'],
      ['bytes', '\u0000\u0001', 'application/octet-stream'],
      ['an unknown charset', '{}', 'application/json; charset=klingon'],
    ];
    const wrong = [null, 0, -1, 1e308, true, '', [], {}, [null], { a: 1 }, '\u0000', '\u{1F600}'.repeat(300)];

    it.each(titled.filter(([, { id, method }]) => method !== 'GET' && !endsSession.has(id)))(
      'refuses in words that it declares: %s',
      async (_title, endpoint) => {
        const possible = possibleErrors(endpoint);
        const token = endpoint.right === null ? null : everyone.accessToken();
        const wrongly: string[] = [];
        const hold = async (what: string, body: string, type?: string) => {
          const { status, code } = await send(endpoint, {}, token, {
            body,
            ...(type !== undefined && { type }),
          });
          const isDeclared =
            status < 300 ||
            (status !== 500 && code !== null && possible.has(code) && status === errorStatus[code]);
          if (!isDeclared) wrongly.push(`${what}: ${status} ${code}`);
        };
        for (const [what, body, type] of shapes) await hold(what, body, type);
        const size = endpoint.largeBody === true ? limits.largeBody : limits.body;
        if (endpoint.stream !== true) await hold('a huge text', JSON.stringify({ a: 'x'.repeat(size) }));
        const made =
          endpoint.body === undefined ? {} : (sampleBody(endpoint.body) as Record<string, unknown>);
        for (const name of Object.keys(made))
          for (const value of wrong)
            await hold(`${name} as ${JSON.stringify(value)}`, JSON.stringify({ ...made, [name]: value }));
        expect(wrongly).toEqual([]);
      },
      90_000,
    );
  });

  it('is tried in at least 300 cases', () => {
    expect(cases).toBeGreaterThanOrEqual(300);
  });
});
