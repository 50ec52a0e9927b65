import { beforeEach, describe, expect, it } from 'vitest';
import { createBurstLimiter, type BurstLimiter } from './burst-limiter.ts';

describe('a burst limiter', () => {
  const clock = { at: 0 };
  let items: number[];
  let batches: number[];
  let timers: { readonly at: number; readonly work: () => void }[];
  let limiter: BurstLimiter<number>;
  beforeEach(() => {
    clock.at = 1000;
    [items, batches, timers] = [[], [], []];
    limiter = createBurstLimiter<number, number>({
      burst: 3,
      windowMs: 100,
      onItem: (item) => items.push(item),
      hold: (held, item) => (held ?? 0) + item,
      onHeld: (held) => batches.push(held),
      now: () => clock.at,
      setTimer: (milliseconds, work) => {
        const timer = { at: clock.at + milliseconds, work };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    });
  });
  const advance = (milliseconds: number) => {
    clock.at += milliseconds;
    const due = timers.filter(({ at }) => at <= clock.at);
    timers = timers.filter(({ at }) => at > clock.at);
    for (const { work } of due) work();
  };

  it('passes a small burst at once and holds the rest until the window ends', () => {
    for (const item of [1, 2, 3, 4, 5]) limiter.push(item);
    expect([items, batches]).toEqual([[1, 2, 3], []]);
    advance(100);
    expect([items, batches]).toEqual([[1, 2, 3], [9]]);
  });

  it('passes the same number again in the next window', () => {
    for (const item of [1, 2, 3]) limiter.push(item);
    advance(100);
    limiter.push(4);
    expect(items).toEqual([1, 2, 3, 4]);
  });

  it('turns a flood into one call a window', () => {
    for (let at = 0; at < 1000; at += 1) {
      limiter.push(1);
      advance(1);
    }
    expect(items).toEqual([1, 1, 1]);
    expect(batches).toHaveLength(10);
    expect(items.length + batches.reduce((sum, held) => sum + held, 0)).toBe(1000);
  });

  it('passes items at once again after a quiet window', () => {
    for (const item of [1, 2, 3, 4]) limiter.push(item);
    advance(100);
    limiter.push(5);
    expect(items).toEqual([1, 2, 3]);
    advance(100);
    advance(100);
    limiter.push(6);
    expect([items, batches]).toEqual([
      [1, 2, 3, 6],
      [4, 5],
    ]);
  });

  it('drops what is held back when it is stopped', () => {
    for (const item of [1, 2, 3, 4]) limiter.push(item);
    limiter.stop();
    advance(1000);
    expect([batches, timers]).toEqual([[], []]);
  });
});
