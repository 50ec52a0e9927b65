import cookies from '@fastify/cookie';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../../../passwords/password-hashing/hashing-queue.ts';
import { Refusal } from '../../../refusal.ts';
import { DatabaseFault } from '../../../store/database-fault.ts';
import { CrossOriginForm } from '../same-origin.ts';
import { registerTrouble } from './register-trouble.ts';

const withStatus = (statusCode: number) => Object.assign(new Error('of Fastify'), { statusCode });

/** What is thrown, the status, the start of the text, and whether it is known that nothing was changed. */
const kinds = [
  ['an error that no code expects', new Error('secret cause'), 500, 'It is not known whether', false],
  ['something that is no error', 'secret cause', 500, 'It is not known whether', false],
  [
    'a commit whose answer was lost',
    new DatabaseFault('storage.outcome-unknown', 'secret cause'),
    500,
    'it is not known whether your last step was saved',
    false,
  ],
  [
    'a database that is away',
    new DatabaseFault('storage.unavailable', 'secret cause'),
    503,
    'not available',
    false,
  ],
  ['a conflict', new Refusal('request.conflict'), 409, 'Your request was not carried out.', false],
  [
    'a form of another site',
    new CrossOriginForm(),
    403,
    'sent from another site, so nothing was changed',
    true,
  ],
  ['a queue that is full', new HashingBusy(), 503, 'nothing was changed', true],
  ['too many requests', withStatus(429), 429, 'nothing was changed', true],
  ['a body that is too large', withStatus(413), 413, 'nothing was changed', true],
  ['a body that is no form', withStatus(415), 415, 'nothing was changed', true],
  ['a body that cannot be read', withStatus(400), 400, 'nothing was changed', true],
] as const;

async function failWith(thrown: unknown) {
  const server = Fastify();
  const logged: unknown[] = [];
  await server.register(cookies);
  registerTrouble(
    server,
    {
      get: (path, handle) => void server.get(path, handle),
      page: (reply, text, status = 200) => reply.code(status).type('text/html').send(text),
    },
    { onUnexpected: (_reference, cause) => logged.push(cause) },
  );
  server.post('/form', () => {
    throw thrown;
  });
  const answer = await server.inject({ method: 'POST', url: '/form' });
  await server.close();
  return { status: answer.statusCode, text: answer.body, logged };
}

describe('the page for a failed request', () => {
  it.each(kinds)('of %s shows only what is known', async (_kind, thrown, status, words, isKnown) => {
    const answer = await failWith(thrown);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(/nothing was changed/i.test(answer.text)).toBe(isKnown);
    expect(answer.text).not.toContain('secret cause');
    expect(answer.logged).toEqual(
      status === 500 || status === 503 ? [thrown].filter((one) => !(one instanceof HashingBusy)) : [],
    );
  });
});
