import { createHash } from 'node:crypto';

/** Answers with the rest of every breached hash that begins with a prefix; throws when it cannot tell. */
export interface RangeSource {
  readonly kind: 'files' | 'range-api';
  /** `prefix`: five hexadecimal digits in upper case. */
  suffixesOf(prefix: string, within: AbortSignal): Promise<ReadonlySet<string>>;
}

/** Cuts a password's SHA-1 (what the public lists are made of) so that only a prefix shared by hundreds of others leaves the process. */
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
