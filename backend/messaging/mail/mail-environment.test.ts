import { describe, expect, it } from 'vitest';
import { readMailEnvironment } from './mail-environment.ts';
import { senderFault } from './sender-fault.ts';

const securityOf = (url: string) => readMailEnvironment({ RESET_DESK_SMTP_URL: url })?.settings.security;

describe('the mail server from the environment', () => {
  it.each([
    ['smtps://mail.example.com', 'tls'],
    ['smtp://mail.example.com', 'starttls'],
    ['smtp://localhost:2587', 'none'],
    ['smtp://localhost:2587?tls=starttls', 'starttls'],
    ['smtp://mail.example.com:25?tls=none', 'none'],
  ])('%s is reached with %s', (url, security) => {
    expect(securityOf(url)).toBe(security);
  });

  it.each([
    'smtp://mail.example.com?tls=maybe',
    'smtps://mail.example.com?tls=none',
    'http://mail.example.com',
  ])('%s is refused without its password', (url) => {
    const secret = url.replace('://', '://user:hunter2@');
    expect(() => securityOf(secret)).toThrow(/^(?!.*hunter2).*RESET_DESK_SMTP_URL/);
  });

  it.each(['p/ss', '12/ss', 'p#ss', '12#ss', '12?ss', 'p%ss'])(
    'is refused with how to encode the password %s',
    (password) => {
      const url = `smtps://user:${password}@mail.example.com`;
      expect(() => readMailEnvironment({ RESET_DESK_SMTP_URL: url })).toThrow(
        /^RESET_DESK_SMTP_URL: .*%40 for @, %2F for \//,
      );
      const encoded = `smtps://user:${encodeURIComponent(password)}@mail.example.com`;
      expect(readMailEnvironment({ RESET_DESK_SMTP_URL: encoded })?.password).toBe(password);
    },
  );

  it('is refused with a sender that no server can read', () => {
    const variables = { RESET_DESK_SMTP_URL: 'smtp://mail.example.com', RESET_DESK_MAIL_FROM: 'nonsense' };
    expect(() => readMailEnvironment(variables)).toThrow('RESET_DESK_MAIL_FROM');
  });
});

describe('the sender of mails', () => {
  it.each([
    'desk@example.com',
    'Reset Desk <desk@example.com>',
    '"Desk, Reset" <desk@example.com>',
    'Hilfe für alle <desk@example.com>',
    'Reset Desk <reset-desk@localhost>',
    'Hilfe <hilfe@bücher.example>',
  ])('can be %s', (from) => {
    expect(senderFault(from)).toBeNull();
  });

  it.each([
    '',
    'Reset Desk',
    'nonsense',
    'a@example.com, b@example.com',
    'Desk <a@example.com>, b@example.com',
    'Desk, Reset <desk@example.com>',
    'desk@example.com\r\nBcc: all@example.com',
    'Desk <desk@>',
    'jörg.hilfe@example.com',
    '<>',
    'Desk <desk@example.com> more',
  ])('cannot be %j', (from) => {
    expect(senderFault(from)).not.toBeNull();
  });
});
