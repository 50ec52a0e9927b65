import { expect, it } from 'vitest';
import { isChangeOfPassword } from './password-change.ts';

const setAt = Date.UTC(2026, 10, 30, 9);

it.each([
  ['in the same second', 0, true],
  ['where the second ended between the two dates', 1000, true],
  ['where the server hashed the password for long', 5000, true],
  ['where the password was dated after the change', -1000, true],
  ['not where the entry was changed later', 6000, false],
  ['not where the entry was not changed since', -3000, false],
] as const)('an entry was changed last with its password: %s', (_when, later, expected) => {
  expect(isChangeOfPassword(setAt, setAt + later)).toBe(expected);
});
