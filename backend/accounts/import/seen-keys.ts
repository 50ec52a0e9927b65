/**
 * Remembers the first line of each key in a file. Keys are stored as 53 bits of a hash, in 16 bytes each, so that a million rows need little memory.
 * Two keys can have the same hash, so the caller compares the rows.
 */
export class SeenKeys {
  #hashes = new Float64Array(1 << 12);
  #lines = new Int32Array(1 << 12);
  #size = 0;

  /** The line that was seen with the key, or null after noting this one. */
  see(key: string, line: number): number | null {
    if (this.#size * 2 > this.#hashes.length) this.#grow();
    return this.#put(hashOf(key), line);
  }

  #put(hash: number, line: number): number | null {
    const mask = this.#hashes.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      if (this.#hashes[at] === hash) return this.#lines[at] ?? null;
      if (this.#hashes[at] === 0) {
        this.#hashes[at] = hash;
        this.#lines[at] = line;
        this.#size += 1;
        return null;
      }
    }
  }

  #grow(): void {
    const [hashes, lines] = [this.#hashes, this.#lines];
    this.#hashes = new Float64Array(hashes.length * 2);
    this.#lines = new Int32Array(hashes.length * 2);
    this.#size = 0;
    for (const [at, hash] of hashes.entries()) if (hash !== 0) this.#put(hash, lines[at] ?? 0);
  }
}

/** A hash of 53 bits (cyrb53), never 0. */
function hashOf(text: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2_654_435_761);
    two = Math.imul(two ^ unit, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & two) + (one >>> 0) || 1;
}
