import { expect, it } from 'vitest';
import { createRecoveryLimit } from './recovery-limit.ts';

function limit() {
  const clock = { at: 1_000_000 };
  return { clock, ...createRecoveryLimit({ max: 3, withinMs: 60_000, now: () => clock.at }) };
}

it('three failures within a minute are recovered from, the fourth is not', () => {
  const { mayRecover, clock } = limit();
  const answers = [0, 1, 2, 3, 4].map(() => {
    clock.at += 100;
    return mayRecover();
  });
  expect(answers).toEqual([true, true, true, false, false]);
});

it('failures that are rarer are recovered from without end', () => {
  const { mayRecover, clock } = limit();
  for (let failure = 0; failure < 20; failure += 1) {
    clock.at += 20_001;
    expect(mayRecover()).toBe(true);
  }
});

it('earlier failures are forgotten after a reset', () => {
  const { mayRecover, reset } = limit();
  for (let failure = 0; failure < 4; failure += 1) mayRecover();
  reset();
  expect(mayRecover()).toBe(true);
});

it('a clock that was set back forgets later failures', () => {
  const { mayRecover, clock } = limit();
  for (let failure = 0; failure < 4; failure += 1) mayRecover();
  clock.at -= 3_600_000;
  expect(mayRecover()).toBe(true);
});
