import { describe, expect } from 'vitest';
import { apiTest as it } from '../../fixtures/api.ts';
import { defaultPolicy, type PolicyDocument } from '../../../shared/api/policy.ts';
import { checkPassword } from '../../../shared/password-policy/check-password.ts';
import { browserOf, codeFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';

describe('a temporary password', () => {
  it.for<[string, Partial<PolicyDocument>, RegExp]>([
    ['in words by default', {}, /^[A-Z][a-z]+(?:-[a-z]{4,7}){3}-\d\d$/],
    [
      'in groups where the policy says so',
      { temporaryPassword: { ...defaultPolicy.temporaryPassword, style: 'groups' } },
      /^[^-]{5}-[^-]{5}$/,
    ],
    [
      'in more words where the policy asks for more bits',
      { temporaryPassword: { ...defaultPolicy.temporaryPassword, minBits: 72 } },
      /^[A-Z][a-z]+(?:-[a-z]{4,7}){6}-\d\d$/,
    ],
    [
      'as long as the stricter of preset and directory asks',
      {
        passwords: {
          ...defaultPolicy.passwords,
          preset: 'nist',
          directories: { 'built-in': { shortest: 40, kinds: 4, blocked: ['northwind'] } },
        },
      },
      /^[A-Z][a-z]+(?:-[a-z]{4,7}){7}-\d\d$/,
    ],
  ])('signs in when it is made %s', async ([_how, changed, shape], { desk, mailSink, backend }) => {
    const document = { ...defaultPolicy, ...changed };
    expect((await desk.call('PUT', '/policy', { basedOn: 1, document })).status).toBe(200);
    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    const { body: passed } = await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
    const grant = await desk.mint(passed.case.id, 'temporary-password');
    const { body } = await desk.reset(passed.case.id, grant.body.id, 'temporary-password', 'press-one');
    const value = body.temporaryPassword ?? '';
    expect(value).toMatch(shape);
    expect(body.reset.secretBits).toBeGreaterThanOrEqual(document.temporaryPassword.minBits);
    expect(body.reset.secretStyle).toBe(document.temporaryPassword.style);
    const owner = { userName: 'm.okafor', displayName: 'Marlene Okafor', email: marlene };
    expect(checkPassword(value, document.passwords, owner, 'built-in').broken).toEqual([]);
    expect(await browserOf(backend.ask).signIn('m.okafor', value)).toMatchObject({
      to: '/change-password',
    });
  });
});
