import { describe, expect, it } from 'vitest';
import { waitAskedFor } from './graph-transport.ts';

describe('the wait that a busy service asks for', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');

  it.each([
    ['in seconds', '7', 1, 7000],
    ['as a date', 'Sun, 29 Nov 2026 12:00:09 GMT', 1, 9000],
    ['as a date in the past', 'Sun, 29 Nov 2026 11:00:00 GMT', 1, 0],
    ['not at all, at first', '', 1, 1000],
    ['not at all, for the third time', '', 3, 4000],
  ])('%s', (_how, retryAfter, attempt, ms) => {
    expect(waitAskedFor(retryAfter, attempt, now)).toBe(ms);
  });
});
