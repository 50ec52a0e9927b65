import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

// RFC 6238, appendix B: the SHA-1 secret "12345678901234567890", last six of the eight digits.
const secret = new Secret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');

describe('a time-based code', () => {
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [2000000000, '279037', 66666666],
  ])('of RFC 6238 at %i s belongs to its step', (seconds, code, step) => {
    expect(totpStep(secret, code, seconds * 1000)).toBe(step);
  });

  it('is accepted at most one step early or late', () => {
    expect(totpStep(secret, '287082', 89_000)).toBe(1);
    expect(totpStep(secret, '287082', 29_000)).toBe(1);
    // The code belongs to step 1, from 30 s to 60 s: step 3 begins at 90 s.
    for (const late of [90_000, 119_999, 120_000]) expect(totpStep(secret, '287082', late)).toBeNull();
    // The code of step 37037036 is two steps early at the end of step 37037034.
    const early = 37_037_035 * 30_000 - 1;
    expect(totpStep(secret, '081804', early)).toBeNull();
    expect(totpStep(secret, '081804', early + 1)).toBe(37_037_036);
  });

  it('is refused when it is no code at all', () => {
    // Of six characters, but not of six bytes: the library throws at these.
    const others = ['２８７０８２', '½½½½½½', '\u{1F511}'.repeat(3)];
    for (const code of ['', '28708', '2870822', 'abcdef', ...others])
      expect([code, totpStep(secret, code, 59_000)]).toEqual([code, null]);
  });

  it('comes from a secret of 160 bits that an application can scan', () => {
    const made = newTotpSecret();
    expect(made.expose()).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri(made, 'ann').expose()).toMatch(/^otpauth:\/\/totp\/Reset%20Desk:ann\?/);
    expect(totpUri(made, 'ann').expose()).toContain(`secret=${made.expose()}`);
  });
});
