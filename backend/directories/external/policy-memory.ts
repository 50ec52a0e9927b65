import { createShortMemory } from '../../scheduling/short-memory.ts';

/** Milliseconds for which the rules of a directory are not read again. */
const policyKeptMs = 60_000;

/** Keeps the policies of a directory by name for a minute, because they change seldom. */
export const createPolicyMemory = <T>(now: () => number) => createShortMemory<T>(policyKeptMs, now);
