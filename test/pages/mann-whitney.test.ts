import { expect, it } from 'vitest';
import { mannWhitney } from './mann-whitney.ts';

/** Pseudorandom numbers between 0 and 1, the same each time. */
function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('tells samples apart that are shifted by a tenth, and not those of one distribution', () => {
  const draw = drawer(7);
  const sample = (shift: number) => Array.from({ length: 500 }, () => draw() + shift);
  expect(mannWhitney(sample(0), sample(0))).toBeGreaterThan(0.01);
  expect(mannWhitney(sample(0), sample(0.1))).toBeLessThan(0.001);
  expect(mannWhitney([1, 2, 3], [1, 2, 3])).toBeCloseTo(1);
});
