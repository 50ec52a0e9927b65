import * as oidc from 'openid-client';
import { describe, expect, it } from 'vitest';
import { isUnexpectedStatus, namedIssuer, providerFailure } from './provider-failure.ts';

const failure = (message: string, cause: object) =>
  new Error('failed', { cause: Object.assign(new Error(message), { cause }) });
const issuer = 'https://login.example.com/common/v2.0';

describe('a failure of the identity provider', () => {
  it('names both issuers where they differ', () => {
    const named = 'https://login.example.com/{tenantid}/v2.0';
    const thrown = failure('"response" body "issuer" property does not match the expected value', {
      attribute: 'issuer',
      expected: issuer,
      body: { issuer: named },
    });
    expect(namedIssuer(thrown)).toBe(named);
    expect(providerFailure(thrown, issuer)).toContain(named);
    expect(providerFailure(thrown, issuer)).toContain(issuer);
    expect(providerFailure(thrown, issuer)).toContain('The provider answers');
  });

  it.each([
    ['nbf', 345, 0],
    ['exp', 0, 340],
  ] as const)('says by how many seconds the clocks differ: %s', (claim, at, now) => {
    const thrown = failure(`unexpected JWT "${claim}" claim value`, { claims: { [claim]: at }, now, claim });
    expect(providerFailure(thrown, issuer)).toContain(`differ by ${Math.abs(at - now)} seconds`);
  });

  it('shows the provider’s own reason on one line of at most 300 characters', () => {
    const reason = `AADSTS50105: not assigned\r\n\u202eTrace\u0000${'x'.repeat(400)}`;
    const thrown = new oidc.AuthorizationResponseError('refused', {
      cause: new URLSearchParams({ error: 'interaction_required', error_description: reason }),
    });
    const text = providerFailure(thrown, issuer);
    expect(text).toMatch(/interaction_required: AADSTS50105: not assigned Trace x+/);
    expect(text).toHaveLength(300);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('tells a refused user info from another failure', () => {
    expect(isUnexpectedStatus(failure('unexpected HTTP response status code', {}))).toBe(true);
    expect(isUnexpectedStatus(failure('unexpected "response" body "sub" property value', {}))).toBe(false);
  });
});
