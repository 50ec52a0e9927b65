import type { FastifyReply } from 'fastify';
import { expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { Refusal } from '../../refusal.ts';
import { createAnswerRefusal } from './answer-refusal.ts';

function answer(thrown: unknown) {
  const sent: string[] = [];
  const logged: string[] = [];
  const reply = {
    code: () => reply,
    header: () => reply,
    type: () => reply,
    send: (body: string) => sent.push(body),
  };
  createAnswerRefusal({
    onUnexpected: () => logged.push('unexpected'),
    onUndeclared: (endpoint, code) => logged.push(`${endpoint} ${code}`),
  })(thrown, reply as unknown as FastifyReply, endpoints.getCase);
  return { sent: JSON.parse(sent.join('')) as unknown, logged };
}

it('logs a refusal that its endpoint does not declare', () => {
  const { sent, logged } = answer(new Refusal('grant.spent'));
  expect(sent).toMatchObject({ status: 409, code: 'grant.spent' });
  expect(logged).toEqual(['getCase grant.spent']);
});

it.each(['case.not-found', 'request.invalid', 'session.expired', 'session.not-permitted'] as const)(
  'logs no %s of an endpoint with a session and a right',
  (code) => {
    expect(answer(new Refusal(code)).logged).toEqual([]);
  },
);

it('answers and logs a full disk with its own code', () => {
  const { sent, logged } = answer(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }));
  expect(sent).toMatchObject({ code: 'storage.full', status: 507, reference: expect.any(String) });
  expect(logged).toEqual(['unexpected']);
});

it('logs anything else as unexpected with the reference of its answer', () => {
  const { sent, logged } = answer(new TypeError('no'));
  expect(sent).toMatchObject({ code: 'internal.unexpected', reference: expect.any(String) });
  expect(logged).toEqual(['unexpected']);
});
