import { describe, expect, it } from 'vitest';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { createDeepLinks } from './deep-links.ts';

/** The deep links of a console whose lock and clock the test controls. */
function linksAt({ isAllowed = true } = {}) {
  const seen = { emitted: 0, raised: 0, warnings: [] as string[] };
  const state = { now: 1_000_000, failure: null as 'console.locked' | 'console.signed-out' | null };
  const timers: (() => void)[] = [];
  const links = createDeepLinks({
    isAllowed,
    session: {
      assertUsable: () => {
        if (state.failure !== null) throw new ConsoleFailure(state.failure);
      },
    },
    emit: () => void (seen.emitted += 1),
    raise: () => void (seen.raised += 1),
    log: {
      info: () => undefined,
      warn: (message, facts) => void seen.warnings.push(`${message} ${JSON.stringify(facts)}`),
      unexpected: () => '',
    },
    now: () => state.now,
    setTimer: (_milliseconds, work) => {
      timers.push(work);
      return () => undefined;
    },
  });
  return { links, seen, state, endWindow: () => timers.splice(0).forEach((work) => work()) };
}

const jdoe = { kind: 'account', search: 'jdoe', ticket: null };

describe('a link of another program', () => {
  it('is taken once', () => {
    const { links, seen } = linksAt();
    links.receive('resetdesk://account/jdoe');
    expect(seen).toMatchObject({ emitted: 1, raised: 1 });
    expect(links.isWaiting()).toBe(true);
    expect(links.take()).toEqual(jdoe);
    expect([links.isWaiting(), links.take()]).toEqual([false, null]);
  });

  it.each(['console.locked', 'console.signed-out'] as const)(
    'waits while the page is refused with %s',
    (code) => {
      const { links, state } = linksAt();
      state.failure = code;
      links.receive('resetdesk://account/jdoe');
      expect(() => links.take()).toThrow(code);
      expect(links.isWaiting()).toBe(true);
      state.failure = null;
      expect(links.take()).toEqual(jdoe);
    },
  );

  it('is kept for a quarter of an hour unless a newer one replaces it', () => {
    const { links, state } = linksAt();
    links.receive('resetdesk://account/other');
    links.receive('resetdesk://account/jdoe');
    state.now += 15 * 60_000 - 1;
    expect(links.take()).toEqual(jdoe);
    links.receive('resetdesk://account/jdoe');
    state.now += 15 * 60_000;
    expect([links.isWaiting(), links.take()]).toEqual([false, null]);
    links.receive('resetdesk://account/jdoe');
    links.forget();
    expect(links.take()).toBeNull();
  });

  it('that is not understood changes nothing and is not logged', () => {
    const { links, seen } = linksAt();
    links.receive('resetdesk://account/jdoe');
    links.receive('resetdesk://reset/secret-name');
    expect(seen).toMatchObject({ emitted: 1, raised: 1 });
    expect(seen.warnings).toEqual(['link refused {"why":"not understood","length":29}']);
    expect(links.take()).toEqual(jdoe);
  });

  it('is refused where the organisation has switched links off', () => {
    const { links, seen } = linksAt({ isAllowed: false });
    links.receive('resetdesk://account/jdoe');
    expect(seen).toMatchObject({ emitted: 0, raised: 0 });
    expect(seen.warnings).toEqual(['link refused {"why":"turned off","length":24}']);
    expect(links.take()).toBeNull();
  });

  it('of a flood moves the screen only a few times', () => {
    const { links, seen, endWindow } = linksAt();
    for (let number = 1; number <= 1000; number += 1) links.receive(`resetdesk://approval/${number}`);
    expect(seen.emitted).toBe(3);
    endWindow();
    expect(seen.emitted).toBe(4);
    expect(links.take()).toEqual({ kind: 'approval', caseNumber: 1000 });
  });
});
