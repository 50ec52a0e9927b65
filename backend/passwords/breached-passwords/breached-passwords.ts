import { createHash } from 'node:crypto';

/** Returns the rest of each breached hash that begins with a prefix. Throws if the list cannot be read. */
export interface RangeSource {
  readonly kind: 'files' | 'range-api';
  /** `prefix`: five hexadecimal digits in upper case. */
  suffixesOf(prefix: string, within: AbortSignal): Promise<ReadonlySet<string>>;
}

/** Splits a password's SHA-1, which the public lists contain, so that only a prefix that hundreds of hashes share leaves the process. */
export function cutHash(password: string): { prefix: string; suffix: string } {
  const hash = createHash('sha1').update(password.normalize('NFC'), 'utf8').digest('hex').toUpperCase();
  return { prefix: hash.slice(0, 5), suffix: hash.slice(5) };
}

const line = /^([0-9A-F]{35}):(\d+)$/;

/** Reads a range: lines of `SUFFIX:COUNT`. A count of 0 is padding. Throws on anything else. */
export function readRange(text: string): ReadonlySet<string> {
  const suffixes = new Set<string>();
  for (const written of text.split(/\r?\n/)) {
    if (written === '') continue;
    const [, suffix, count] = line.exec(written.toUpperCase()) ?? [];
    if (suffix === undefined) throw new Error('not a range of hashes');
    if (Number(count) > 0) suffixes.add(suffix);
  }
  return suffixes;
}
