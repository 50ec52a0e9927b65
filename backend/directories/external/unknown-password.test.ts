import { expect, it } from 'vitest';
import { stateOfTemporary } from './unknown-password.ts';

it.each([
  ['the time is the same', 5, { passwordSetAt: 5, mustChange: true }, true, 'still'],
  ['the time is another', 5, { passwordSetAt: 6, mustChange: true }, true, 'changed-since'],
  [
    'the time is told no longer, and a change is demanded',
    5,
    { passwordSetAt: null, mustChange: true },
    true,
    'still',
  ],
  [
    'the time was never told, and a change is demanded',
    null,
    { passwordSetAt: 6, mustChange: true },
    true,
    'still',
  ],
  [
    'the time was never told, and no change is demanded',
    null,
    { passwordSetAt: 6, mustChange: false },
    true,
    'changed-since',
  ],
  [
    'neither the time nor the demand is told',
    null,
    { passwordSetAt: null, mustChange: false },
    false,
    'unchecked',
  ],
  ['neither is told any longer', 5, { passwordSetAt: null, mustChange: false }, false, 'unchecked'],
] as const)(
  'a temporary password where %s is judged by what is known',
  (_what, setAt, account, tellsDemand, expected) => {
    expect(stateOfTemporary(account, setAt, { tellsDemand })).toBe(expected);
  },
);
