import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore, type Store } from '../../store/store.ts';
import { allowedTries, createDirectoryTries, forgetTries, subjectOf } from './directory-tries.ts';

const minute = 60_000;
const policy = (threshold: number | null, window: number | null = 30 * minute) =>
  allowedTries({ threshold, window });

describe('the wrong passwords that may be tried at a directory', () => {
  it.each([
    [1, 0, 0],
    [2, 1, 1],
    [3, 2, 1],
    [5, 4, 2],
    [10, 9, 4],
    [null, 2, 1],
  ])('stay below the limit of %s: %i from everywhere, %i of them from strangers', (limit, all, strangers) => {
    expect(policy(limit)).toMatchObject({ all, strangers });
  });

  it('are not limited where the directory locks no account', () => {
    expect(policy(0)).toBeNull();
  });

  it('are remembered for a day where the directory does not say how long it does', () => {
    expect(policy(5, null)?.window).toBe(24 * 60 * minute + minute);
  });
});

describe('tries at an account', () => {
  const clock = { at: 0 };
  const now = () => clock.at;
  let store: Store;
  beforeEach(async () => {
    clock.at = Date.parse('2026-03-01T09:00:00Z');
    store = createStore(await openSqlite(':memory:'), now);
  });
  afterEach(() => store.close());
  const limit = policy(5);
  const subject = subjectOf('a-key');
  const outcome = (isKnown: boolean) =>
    createDirectoryTries({ store, now })
      .reserve(subject, isKnown, limit)
      .then(
        () => 'tried',
        (thrown: { code: string }) => thrown.code,
      );
  const locked = 'session.operator-locked';

  it('leave half of them to consoles that the operator knows', async () => {
    expect([await outcome(false), await outcome(false), await outcome(false)]).toEqual([
      'tried',
      'tried',
      locked,
    ]);
    expect([await outcome(true), await outcome(true), await outcome(true)]).toEqual([
      'tried',
      'tried',
      locked,
    ]);
  });

  it('count each when they are made at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => outcome(true)));
    expect(outcomes.filter((one) => one === 'tried')).toHaveLength(4);
  });

  it('are allowed again after a pause as long as the directory’s, and not before', async () => {
    await outcome(false);
    clock.at += 29 * minute;
    await outcome(false);
    clock.at += 30 * minute;
    expect(await outcome(false)).toBe(locked);
    clock.at += minute;
    expect(await outcome(false)).toBe('tried');
  });

  it('count for as long as the directory’s window lasts, although others are tried meanwhile', async () => {
    const days = 24 * 60 * minute;
    const long = policy(3, 60 * days);
    const tries = createDirectoryTries({ store, now });
    await tries.reserve(subject, false, long);
    clock.at += 59 * days;
    await tries.reserve(subjectOf('another-key'), false, long);
    await expect(tries.reserve(subject, false, long)).rejects.toMatchObject({ code: locked });
  });

  it('are forgotten after a sign-in, and when an administrator unlocks the operator', async () => {
    const tries = createDirectoryTries({ store, now });
    await outcome(false);
    await outcome(false);
    await tries.forget(subject);
    expect(await outcome(false)).toBe('tried');
    await outcome(false);
    await store.writeUnaudited((tx) => forgetTries(tx, 'a-key'));
    expect(await outcome(false)).toBe('tried');
  });

  it('do not count where no server was reached', async () => {
    const tries = createDirectoryTries({ store, now });
    for (let at = 0; at < 5; at += 1) {
      expect(await outcome(false)).toBe('tried');
      await tries.release(subject, false);
    }
  });
});
