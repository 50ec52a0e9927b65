import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getAbout } from '../../../shared/api/about.ts';
import { apiVersion, endpoint, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import type { Right } from '../../../shared/api/operator.ts';
import { readAnswer } from './read-answer.ts';
import { endServersAfterEach, lines, log } from './serve-for-test.ts';

endServersAfterEach();

const future = 'from-the-future';
const read = (asked: Endpoint, body: unknown, status = 200) => {
  const onNewer = vi.fn<() => void>();
  const raw = { status, contentType: 'application/json', text: JSON.stringify(body) };
  const attempt = () => readAnswer(asked, raw, log, onNewer) as unknown;
  return { attempt, onNewer };
};

/** A list as the console shows many: rows with words, lists of words, and forms that a word tells apart. */
const rows = z.object({
  total: z.int(),
  state: z.enum(['open', 'closed']).nullable(),
  rows: z.array(
    z.object({
      id: z.int(),
      kind: z.enum(['a', 'b']),
      statuses: z.array(z.enum(['active', 'locked'])),
      settings: z.discriminatedUnion('type', [
        z.object({ type: z.literal('x') }),
        z.object({ type: z.literal('y') }),
      ]),
    }),
  ),
});
const listed = (right: Right, id = 'listRows') =>
  endpoint({
    id,
    method: 'GET',
    path: '/rows',
    summary: 'List rows',
    right,
    scope: { by: 'nothing', because: 'it is a test' },
    answer: rows,
    errors: [],
  });
const row = (id: number, more: object = {}) => ({
  id,
  kind: 'a',
  statuses: ['active'],
  settings: { type: 'x' },
  ...more,
});
const body = (...more: object[]) => ({
  total: 3,
  state: null,
  rows: [row(1), ...more, row(9)],
  added: 'later',
});

describe('a list of a newer server', () => {
  it.each([
    ['a kind', row(2, { kind: future }), [1, 9]],
    ['a form', row(2, { settings: { type: future } }), [1, 9]],
    ['one of several words', row(2, { statuses: [future, 'locked'] }), [1, 2, 9]],
    ['several things', row(2, { kind: future, statuses: [future] }), [1, 9]],
    ['a field', row(2, { colour: 'blue' }), [1, 2, 9]],
  ])('is shown without what has %s that this console does not know', (_what, newer, ids) => {
    const { attempt } = read(listed('cases.work'), body(newer));
    const answer = attempt() as z.infer<typeof rows>;
    expect(answer.rows.map(({ id }) => id)).toEqual(ids);
    expect(answer.rows.flatMap(({ statuses }) => statuses)).not.toContain(future);
  });

  it('reports once what was left out, without its content', () => {
    const { attempt, onNewer } = read(
      listed('cases.work'),
      body(row(2, { kind: future }), row(3, { kind: future })),
    );
    attempt();
    expect(onNewer).toHaveBeenCalledOnce();
    expect(lines).toEqual(['entries of a newer server left out{"endpoint":"listRows","places":"rows.kind"}']);
  });

  it('is refused for a word outside of a list, as one that only a newer console can show', () => {
    const { attempt, onNewer } = read(listed('cases.work'), { ...body(), state: future });
    expect(attempt).toThrow(
      expect.objectContaining({ failure: { code: 'server.answer-newer', detail: 'state' } }),
    );
    expect(onNewer).toHaveBeenCalledOnce();
    expect(lines).toEqual([
      'answer of a newer server cannot be read{"endpoint":"listRows","places":"state"}',
    ]);
  });

  it.each([
    ['a missing field', body({ id: 2 })],
    ['a field of another type beside a new word', body(row(2, { kind: future }), row(3, { id: 'x' }))],
    ['no list', { ...body(), rows: null }],
  ])('is refused for %s', (_what, newer) => {
    const { attempt, onNewer } = read(listed('cases.work'), newer);
    expect(attempt).toThrow('server.answer-invalid');
    expect(onNewer).not.toHaveBeenCalled();
  });

  it('loses a whole row where rows are saved as they were read, and nothing of a single setting', () => {
    const newer = body(row(2, { statuses: [future] }));
    const answer = read(listed('operators.manage'), newer).attempt() as z.infer<typeof rows>;
    expect(answer.rows.map(({ id }) => id)).toEqual([1, 9]);
    expect(read(listed('policy.read', 'getRows'), newer).attempt).toThrow('server.answer-newer');
  });
});

describe('a server that describes itself', () => {
  const about = {
    product: 'Reset Desk',
    version: '9.0.0',
    api: apiVersion,
    mode: 'server',
    setup: 'ready',
    publicUrl: 'https://desk.example.com',
    provider: null,
    time: '2026-03-01T08:00:00.000Z',
  };

  it.each([
    ['with a word that this console does not know', { mode: future }, 'server.too-new'],
    ['as this console cannot read it any more', { api: 99, setup: { state: 'ready' } }, 'server.too-new'],
    ['as an old one', { api: 1, oldestApi: 0 }, 'server.not-reset-desk'],
    ['as another product', { product: 'Reset Counter', mode: future }, 'server.not-reset-desk'],
    ['with nonsense', { publicUrl: 7 }, 'server.not-reset-desk'],
  ])('%s is named', (_how, change, code) => {
    expect(read(getAbout, { ...about, ...change }).attempt).toThrow(code);
  });
});

it('an operator with rights and roles of a newer server can sign in', () => {
  const time = '2026-03-01T08:00:00.000Z';
  const operator = {
    id: '1',
    userName: 'ann',
    displayName: 'Ann',
    roles: ['operator', future],
    rights: ['cases.work', future],
  };
  const session = {
    id: 's',
    operator,
    authenticatedAt: time,
    expiresAt: time,
    idleLockSeconds: 60,
    reauthenticateAfterSeconds: 60,
    secondFactorBy: null,
    proofs: ['password', future],
    serverTime: time,
  };
  const tokens = { session, accessToken: 'a', accessExpiresAt: time, refreshToken: 'r' };
  expect(read(endpoints.signIn, tokens).attempt()).toMatchObject({
    session: { operator: { roles: ['operator'], rights: ['cases.work'] }, proofs: ['password'] },
  });
});

describe('a refusal with an unknown code', () => {
  const refusal = (status: number) => ({
    type: 'about:blank',
    title: 'New',
    status,
    code: 'case.new-rule',
    reference: 'R1',
  });

  it.each([403, 404, 409, 422, 502, 503])('is not taken for a fault of a proxy (%i)', (status) => {
    const { attempt, onNewer } = read(endpoints.listCases, refusal(status), status);
    expect(attempt).toThrow('server.refusal-unknown');
    expect(onNewer).toHaveBeenCalledOnce();
  });

  it('ends a session that it refuses', () => {
    expect(read(endpoints.listCases, refusal(401), 401).attempt).toThrow('session.expired');
    expect(read(endpoints.signIn, refusal(401), 401).attempt).toThrow('server.refusal-unknown');
  });
});
