import { describe, expect, it } from 'vitest';
import { readEmail, readPhone } from './contact.ts';

describe('a very long cell', () => {
  // A reader that goes back over the text for each of its characters would take minutes.
  const length = 300_000;
  it.each([
    ['blanks', ' '.repeat(length)],
    ['line ends', '\r\n'.repeat(length)],
    ['addresses without an end', 'a@'.repeat(length)],
    ['angle brackets', '<'.repeat(length)],
    ['quotes', '"'.repeat(length)],
    ['digits', '1'.repeat(length)],
    ['brackets', '('.repeat(length)],
  ])('of %s has no address and no number, and is read at once', (_what, cell) => {
    for (const text of [cell, `x${cell}x`]) {
      expect(readEmail(text)).toBeNull();
      expect(readPhone(text)).toBeNull();
    }
  });
});
