import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../../shared/api/live.ts';
import { createCoalescedEvents } from './coalesced-events.ts';
import { createNotifier } from './notifier.ts';

/** A clock whose timers run when it passes them. */
function testClock() {
  let at = 0;
  let timers: { readonly due: number; readonly work: () => void }[] = [];
  return {
    now: () => at,
    setTimer: (milliseconds: number, work: () => void) => {
      const timer = { due: at + milliseconds, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds: number) => {
      at += milliseconds;
      const due = timers.filter((timer) => timer.due <= at);
      timers = timers.filter((timer) => timer.due > at);
      for (const { work } of due) work();
    },
  };
}

describe('live events', () => {
  function coalesced() {
    const clock = testClock();
    const emitted: { readonly type: string }[] = [];
    const events = createCoalescedEvents({ ...clock, emit: (event) => emitted.push(event) });
    return { ...clock, emitted, ...events };
  }
  const changed = (caseId: string): LiveEvent => ({ type: 'case-changed', caseId });

  it('reach the page at once while they are few', () => {
    const { push, emitted } = coalesced();
    push(changed('a'));
    push({ type: 'alert-changed', raised: true });
    expect(emitted).toEqual([changed('a'), { type: 'alert-changed', raised: true }]);
  });

  it('that are equal become one within a second', () => {
    const { push, emitted, advance } = coalesced();
    for (let count = 0; count < 10_000; count += 1) push(changed('a'));
    expect(emitted).toHaveLength(5);
    advance(1000);
    expect(emitted).toEqual(Array.from({ length: 6 }, () => changed('a')));
  });

  it('that are many and different become one general event at most every 5 seconds', () => {
    const { push, emitted, advance } = coalesced();
    // 10,000 events a second for 12 seconds.
    for (let second = 0; second < 12; second += 1) {
      for (let part = 0; part < 10; part += 1) {
        for (let count = 0; count < 1000; count += 1) push(changed(`${second} ${part} ${count}`));
        advance(100);
      }
    }
    expect(emitted.filter(({ type }) => type === 'case-changed')).toHaveLength(5);
    expect(emitted.filter(({ type }) => type === 'caught-up')).toHaveLength(3);
  });

  it('of one type do not hold back those of another', () => {
    const { push, emitted } = coalesced();
    for (let count = 0; count < 1000; count += 1) push(changed(String(count)));
    push({ type: 'policy-changed' });
    expect(emitted.at(-1)).toEqual({ type: 'policy-changed' });
  });

  it('that are held back are dropped when the stream stops', () => {
    const { push, emitted, advance, stop } = coalesced();
    for (let count = 0; count < 10; count += 1) push(changed('a'));
    stop();
    advance(10_000);
    expect(emitted).toHaveLength(5);
  });
});

describe('notifications', () => {
  function notifier() {
    const clock = testClock();
    const titles: string[] = [];
    let lines = 0;
    const { notify } = createNotifier({
      ...clock,
      show: ({ title }) => titles.push(title),
      log: { info: () => (lines += 1), warn: () => undefined, unexpected: () => 'none' },
    });
    return { ...clock, titles, notify, lines: () => lines };
  }

  it('are shown one by one while they are few', () => {
    const { notify, titles } = notifier();
    notify({ title: 'Approval requested', body: '' });
    notify({ title: 'Account frozen', body: '' });
    expect(titles).toEqual(['Approval requested', 'Account frozen']);
  });

  it('become one that counts them while they are many, with one line in the log', () => {
    const { notify, titles, advance, lines } = notifier();
    for (let count = 0; count < 1602; count += 1) notify({ title: 'Approval requested', body: '' });
    advance(30_000);
    expect(titles).toEqual([
      'Approval requested',
      'Approval requested',
      'Approval requested',
      '1599 cases need attention',
    ]);
    expect(lines()).toBe(4);
  });

  it('keep their own text if only one was held back', () => {
    const { notify, titles, advance } = notifier();
    for (const title of ['a', 'b', 'c', 'Alert raised']) notify({ title, body: '' });
    advance(30_000);
    expect(titles.at(-1)).toBe('Alert raised');
  });
});
