import { describe, expect, it } from 'vitest';
import { failureMessage, isTransient } from './attempt-failure.ts';

const answered = (responseCode: number, response: string) =>
  Object.assign(new Error('Message failed'), { responseCode, response, command: 'RCPT TO' });

describe('why a mail could not be sent', () => {
  it('is the answer of the server with every address masked', () => {
    const message = failureMessage(answered(550, '550 5.1.1 <marlene.okafor@example.com>: no such user'));
    expect(message).toMatch(/^550 5\.1\.1 <.+>: no such user$/);
    expect(message).not.toContain('marlene.okafor');
  });

  it('masks the addresses of an error without an answer', () => {
    expect(failureMessage(new Error('No recipient marlene.okafor@example.com'))).not.toContain(
      'marlene.okafor',
    );
  });

  it.each([
    [421, true],
    [450, true],
    [550, false],
  ])('is worth another attempt after an answer of %i: %s', (code, again) => {
    expect(isTransient(answered(code, 'as it is'))).toBe(again);
  });
});
