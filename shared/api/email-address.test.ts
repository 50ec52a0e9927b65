import { describe, expect, it } from 'vitest';
import { emailAddress } from './email-address.ts';

describe('an email address', () => {
  it.each([
    'jane.doe@example.com',
    "o'neil+desk@mail.example.com",
    'jörg.x@example.com',
    'jorg@bücher.example',
    'jorg@xn--bcher-kva.example',
    '山田@例え.jp',
    'δοκιμή@παράδειγμα.ελ',
    'user@sub.domain.co.uk',
  ])('is taken: %s', (address) => {
    expect(emailAddress.safeParse(address).success).toBe(true);
  });

  it.each([
    '',
    'jane',
    'jane@',
    '@example.com',
    'jane@example',
    'a..b@example.com',
    '.a@example.com',
    'a.@example.com',
    'a b@example.com',
    'a@exa mple.com',
    'a@-example.com',
    'a@example-.com',
    'a@example..com',
    'a@b@example.com',
    '"a b"@example.com',
    'a@[10.0.0.1]',
    'a@10.0.0.1',
    'a\u200B@example.com',
    'a@example.com\r\nBcc: b@example.com',
    `${'a'.repeat(65)}@example.com`,
    'a<b@example.com',
  ])('is refused: %j', (address) => {
    expect(emailAddress.safeParse(address).success).toBe(false);
  });
});
