import { hashPassword, verifyPassword } from './argon2.ts';

/** Thrown if a lane's queue is full. Nothing was hashed; the call may be retried a few seconds later. */
export class HashingBusy extends Error {
  constructor() {
    super('Too many passwords are waiting to be hashed');
    this.name = 'HashingBusy';
  }
}

export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Returns false for a malformed hash. */
  verify(stored: string, password: string): Promise<boolean>;
}

/** Hashes without a queue: for tests, and for work that is limited elsewhere. */
export const unbounded: PasswordHashing = { hash: hashPassword, verify: verifyPassword };

export interface HashingQueue {
  /**
   * Opens a lane for one kind of callers with at most `maxQueued` of them waiting; beyond that it throws {@link HashingBusy}. Lanes take turns, so that a
   * long queue in one delays the others by one hash at most.
   */
  lane(maxQueued: number): PasswordHashing;
  /** Whether all slots are in use, so that deferrable work should wait. */
  busy(): boolean;
}

/**
 * One hash per core, and at least two. More gained nothing in measurements and slowed pages down. At most three, so that one of the four threads of Node's
 * pool is left for files and name resolution.
 */
export const maxConcurrentHashes = (cores: number): number => Math.min(Math.max(cores, 2), 3);

/**
 * Hashes at most `maxConcurrent` passwords at the same time over all lanes. A hash occupies a core and one of the four threads of Node's pool for some 15 ms;
 * without a limit, a few hundred sign-ins would block file access, name resolution and pages.
 */
export function createHashingQueue(
  { maxConcurrent }: { readonly maxConcurrent: number },
  hashing: PasswordHashing = unbounded,
): HashingQueue {
  /** The waiting calls of each lane; the lane whose turn is next comes first. */
  const lanes: (() => void)[][] = [];
  let running = 0;
  const releaseSlot = (): void => {
    const at = lanes.findIndex((waiting) => waiting.length > 0);
    const [lane] = at < 0 ? [] : lanes.splice(at, 1);
    if (lane === undefined) {
      running -= 1;
      return;
    }
    lanes.push(lane);
    // The waiting call takes over the slot, so `running` stays as it is.
    lane.shift()?.();
  };
  return {
    busy: () => running >= maxConcurrent,
    lane(maxQueued) {
      const waiting: (() => void)[] = [];
      lanes.push(waiting);
      const turn = async (): Promise<void> => {
        if (running < maxConcurrent) {
          running += 1;
          return;
        }
        if (waiting.length >= maxQueued) throw new HashingBusy();
        await new Promise<void>((next) => {
          waiting.push(next);
        });
      };
      const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
        await turn();
        try {
          return await work();
        } finally {
          releaseSlot();
        }
      };
      return {
        hash: (password) => inTurn(() => hashing.hash(password)),
        verify: (stored, password) => inTurn(() => hashing.verify(stored, password)),
      };
    },
  };
}
