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

/**
 * Hashes `atOnce` passwords at the same time and lets `mostWaiting` wait; beyond that it throws {@link HashingBusy}. Each hash takes a thread of
 * Node's pool of four and a core for some 15 ms; without a bound a few hundred sign-ins would take them all, from files and names too, and pages
 * would wait behind passwords.
 */
export function createHashingQueue(
  { atOnce, mostWaiting }: { readonly atOnce: number; readonly mostWaiting: number },
  hashing: PasswordHashing = unbounded,
): PasswordHashing {
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw new HashingBusy();
    // Whoever ends hands the place on, so it is not counted anew.
    await new Promise<void>((next) => {
      waiting.push(next);
    });
  };
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await turn();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return {
    hash: (password) => inTurn(() => hashing.hash(password)),
    verify: (stored, password) => inTurn(() => hashing.verify(stored, password)),
  };
}
