import { unbounded } from '../../passwords/password-hashing/hashing-queue.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import type { Foundation } from './foundation.ts';
import { openPracticeDesk, type Shared } from './open-practice-desk.ts';

/** Shared parts of a foundation for tests: hashing without a queue, and errors that fail the test. */
export const sharedForTest = (now: () => number): Shared => ({
  version: '0.0.0-test',
  mode: 'server',
  log: (event, facts) => {
    if (event === 'unexpected') throw new Error(JSON.stringify(facts));
  },
  hashing: { pages: unbounded, strangers: unbounded, desk: unbounded, busy: () => false },
  now,
});

/** A drill's desk without a real one behind it. */
export const openPracticeDeskForTest = (now: Foundation['now'], policy: PolicyVersion) =>
  openPracticeDesk(sharedForTest(now), policy);
