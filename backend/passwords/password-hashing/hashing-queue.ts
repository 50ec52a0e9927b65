import { hashPassword, verifyPassword } from './argon2.ts';

/** Too many passwords wait to be hashed: nothing was done, and it may be tried again in a few seconds. */
export class HashingBusy extends Error {
  constructor() {
    super('Too many passwords wait to be hashed');
    this.name = 'HashingBusy';
  }
}

export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** A hash that cannot be read counts as wrong. */
  verify(stored: string, password: string): Promise<boolean>;
}

/** Straight away, however many there are: for tests and for work that is bounded elsewhere. */
export const unbounded: PasswordHashing = { hash: hashPassword, verify: verifyPassword };

export interface HashingQueue {
  /**
   * A lane of its own, for one kind of callers: `mostWaiting` of them wait, and beyond that {@link HashingBusy} is thrown. Lanes with somebody waiting
   * take turns, so that a crowd in one does not keep the others waiting for more than one hash.
   */
  lane(maxQueued: number): PasswordHashing;
  /** Whether every place is taken: what can wait does. */
  busy(): boolean;
}

/**
 * As many as there are cores, and always two: more gained nothing where it was measured, and pages would share a core with more hashes. Never more than
 * three, so that one of the four threads of Node's pool is left for files and names.
 */
export const maxConcurrentHashes = (cores: number): number => Math.min(Math.max(cores, 2), 3);

/**
 * Hashes `atOnce` passwords at the same time, whoever they are for. Each hash takes a thread of Node's pool of four and a core for some 15 ms; without
 * a bound a few hundred sign-ins would take them all, from files and names too, and pages would wait behind passwords.
 */
export function createHashingQueue(
  { atOnce }: { readonly atOnce: number },
  hashing: PasswordHashing = unbounded,
): HashingQueue {
  /** Those who wait, lane by lane; the lane whose turn is next stands first. */
  const lanes: (() => void)[][] = [];
  let running = 0;
  const handOn = (): void => {
    const at = lanes.findIndex((waiting) => waiting.length > 0);
    const [lane] = at < 0 ? [] : lanes.splice(at, 1);
    if (lane === undefined) {
      running -= 1;
      return;
    }
    lanes.push(lane);
    // Whoever ends hands the place on, so it is not counted anew.
    lane.shift()?.();
  };
  return {
    busy: () => running >= atOnce,
    lane(mostWaiting) {
      const waiting: (() => void)[] = [];
      lanes.push(waiting);
      const turn = async (): Promise<void> => {
        if (running < atOnce) {
          running += 1;
          return;
        }
        if (waiting.length >= mostWaiting) throw new HashingBusy();
        await new Promise<void>((next) => {
          waiting.push(next);
        });
      };
      const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
        await turn();
        try {
          return await work();
        } finally {
          handOn();
        }
      };
      return {
        hash: (password) => inTurn(() => hashing.hash(password)),
        verify: (stored, password) => inTurn(() => hashing.verify(stored, password)),
      };
    },
  };
}
