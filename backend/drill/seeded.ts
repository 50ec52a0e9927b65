/** Pseudorandom numbers, the same for the same seed on every computer. */
export interface Seeded {
  /** An integer of at least 0 and below `end`. */
  below(end: number): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
}

/** A 32-bit counter through a mixing function. Good enough for a drill; never use it for secrets. */
export function createSeeded(seed: number): Seeded {
  let counter = seed >>> 0;
  const next = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (end: number): number => Math.floor((next() / 0x1_0000_0000) * end);
  return {
    below,
    pick: (from) => {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
    shuffled: (from) => {
      const all = [...from];
      for (let last = all.length - 1; last > 0; last -= 1) {
        const swapped = below(last + 1);
        [all[last], all[swapped]] = [all[swapped] as never, all[last] as never];
      }
      return all;
    },
  };
}
