import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redactors.ts';

describe('redact', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ['{"password":"Tr0ub4dor & 3\\" more","remember":true}', 'Tr0ub4dor'],
    ["{ newPassword: 'hunter two' }", 'hunter'],
    ['refreshToken=8f1c2', '8f1c2'],
    ['setupCode: KJ2M-99', 'KJ2M'],
    ['GET https://desk.example.com/reset?t=short12', 'short12'],
    ['https://ann:pw1@desk.example.com/', 'pw1'],
    ['connecting to smtp://ann:pw1@localhost:25', 'pw1'],
    ['link /r/Jx7-f_0aQ9vZ1kL2mN3oP4qR5sT6u sent', 'Jx7'],
    ['connect http://ann:lan/tern@proxy:3128', 'tern'],
    ['connect http://ann:p@lantern@proxy:3128', 'lantern'],
    ['pac ftp://desk.example.com/proxy.pac?key=short12', 'short12'],
    ['proxy-authorization: Digest username="ann", realm="x", response="ab12cd"', 'ab12cd'],
    ['WWW-Authenticate: Negotiate YIIGeg+abc/def=', 'YIIG'],
    ['{ authorization: [ "one two", "three" ] }', 'three'],
    ['{"passwords":["Kestrel42","lantern"]}', 'lantern'],
    ['wrong passphrase "correct horse battery"', 'horse'],
    ["password 'correct horse' refused", 'horse'],
    ['x-api-key: ab12', 'ab12'],
    ['pwd=ab12', 'ab12'],
    ['credentials=ab12', 'ab12'],
    ['mail to ann.smith@example.com failed', 'ann.smith'],
  ])('removes the secret from %s', (line, secret) => {
    expect(redact(line)).not.toContain(secret);
  });

  it.each([
    'backend ready on port 40123',
    'bypass=true compass: north',
    'managed setting ignored kind=invalid setting=SignIn place=/etc/reset-desk/policy.json',
    'link refused why=not understood length=12',
    'case 2f1b8c7e-6a7d-4c1e-9b1a-0d9e8f7a6b5c opened',
    'server.certificate-untrusted DEPTH_ZERO_SELF_SIGNED_CERT',
    'reference K7M2-QX4D',
  ])('does not change "%s"', (line) => {
    expect(redact(line)).toBe(line);
  });

  it.each([
    'a',
    '-',
    '//',
    'a-',
    'password ',
    'http://',
    '"password',
    '\\"',
    'a.',
    'digest ',
    'token [',
    'a@',
  ])('reads a long line of %j in a moment', (part) => {
    const line = part.repeat(30_000 / part.length);
    const before = process.cpuUsage();
    redact(`${line} password: "${line}`);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(1000);
  });

  it('removes a 128-bit token at any position', () => {
    const token = fc
      .uint8Array({ minLength: 16, maxLength: 64 })
      .map((bytes) => `1a${Buffer.from(bytes).toString('base64url')}`);
    fc.assert(
      fc.property(token, fc.constantFrom(' ', '"', '/', ': ', '='), (value, before) => {
        expect(redact(`seen${before}${value} end`)).not.toContain(value);
      }),
    );
  });
});
