import { expect, it } from 'vitest';
import { isNameOf } from './is-name-of.ts';

const zoe = { displayName: 'Zoë Ünïcode-Müller', userName: 'z.mueller' };

it.each([
  ['Zoë', true],
  ['zoe', true],
  ['  ZOË unicode ', true],
  ['Müller, Zoë', true],
  ['z.mueller', true],
  ['', false],
  [' - ', false],
  ['Marlene', false],
  ['Zoë Marlene', false],
  ['Zo', false],
])('%j is a name of Zoë: %s', (typed, expected) => {
  expect(isNameOf(typed, zoe)).toBe(expected);
});

it('accepts names of people whose script it cannot read', () => {
  expect(isNameOf('伟', { displayName: '张 伟', userName: 'w.zhang' })).toBe(true);
  expect(isNameOf('n0name', { displayName: '—', userName: 'n0name' })).toBe(true);
});
