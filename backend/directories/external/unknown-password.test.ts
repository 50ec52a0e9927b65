import { expect, it } from 'vitest';
import { keepsRules, type CharacterRules } from '../../passwords/temporary-passwords/character-rules.ts';
import { stateOfTemporary, unknownPassword } from './unknown-password.ts';

it.each<[minLength: number | null, CharacterRules, length: number]>([
  [null, {}, 36],
  [60, { absent: ['e'] }, 60],
  [8, { longest: 12, maxSameKind: 3 }, 12],
  [null, { longest: 4 }, 4],
])(
  'an unknown password keeps the rules of its directory: at least %s, %o',
  (minLength, characters, length) => {
    const password = unknownPassword({ minLength, characters }).expose();
    expect(password).toHaveLength(length);
    expect(keepsRules(password, characters)).toBe(true);
  },
);

it('an unknown password is refused where the rules of its directory contradict each other', () => {
  expect(() => unknownPassword({ minLength: 10, characters: { longest: 9 } })).toThrow('rules-conflict');
});

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
