import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import { codeAt, join, type Person } from '../../backend/join-operator.ts';

const bob: Person = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'],
};

describe('an operator', () => {
  const it = newBackendTest
    .extend('bob', ({ backend, tokens }) => join(backend, tokens.accessToken, bob))
    .extend('signIn', ({ backend }) => async (userName: string, password = bob.password) => {
      const answer = await backend.ask('POST', '/api/v1/session', { userName, password });
      return (await answer.json()) as { step?: string; ticket?: string; code?: string };
    });

  it.for([
    'bob',
    'BOB',
    'CORP\\bob',
    '.\\bob',
    'bob@example.com',
    'Bob@Example.COM',
    'Bob Example <bob@example.com>',
    'mailto:bob@example.com;',
    '“bob”',
    '\u200Bbob\u00A0',
    'bob@corp.example.com',
    'bob:something',
  ])('signs in as %s', async (name, { bob: { secret }, signIn, backend }) => {
    const { step, ticket } = await signIn(name);
    expect(step).toBe('code');
    backend.clock.at += 30_000;
    const code = codeAt(secret, backend.clock.at);
    expect((await backend.ask('POST', '/api/v1/session/code', { ticket, code })).status).toBe(200);
  });

  it('is locked after wrong passwords under all names together, as an unknown name is', async ({
    bob: joined,
    signIn,
  }) => {
    expect(joined.person.userName).toBe('bob');
    for (const names of [
      ['bob', 'CORP\\bob', 'bob@example.com', '“bob”', 'BOB'],
      ['nobody', 'CORP\\nobody', '“nobody”', 'NOBODY', '.\\nobody'],
    ]) {
      const codes = [];
      for (const name of names) codes.push((await signIn(name, 'wrong')).code);
      expect(codes.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'session.credentials-wrong'));
      expect(codes[4]).toBe('session.operator-locked');
    }
  });
});
