import { expect, it } from 'vitest';
import { chooseForm } from './choose-form.ts';
import { drawBelow } from './draw-below.ts';

const planFor = (absent: readonly string[]) =>
  chooseForm({ style: 'groups', minBits: 45, shortest: 8, rules: { absent } }, drawBelow);

it('deducts the draws that break a directory’s rules from the bits', () => {
  const free = planFor([]).bits;
  // A third of all draws has the letter or the capital.
  const restricted = planFor(['e']).bits;
  expect(restricted).toBeLessThan(free - 0.3);
  expect(restricted).toBeGreaterThanOrEqual(45);
});
