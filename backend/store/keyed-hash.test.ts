import { describe, expect, it } from 'vitest';
import { createKeyedHash, keyedPurposes } from './keyed-hash.ts';

describe('a keyed hash', () => {
  const keyed = createKeyedHash(new Uint8Array(32).fill(7));

  it('differs for every purpose', () => {
    const hashes = keyedPurposes.map((purpose) => keyed.hash(purpose, 'the same value'));
    expect(new Set(hashes).size).toBe(keyedPurposes.length);
  });

  it.each(keyedPurposes)('of %s matches no other purpose', (purpose) => {
    const stored = keyed.hash(purpose, 'value');
    expect(keyedPurposes.filter((other) => keyed.matches(other, 'value', stored))).toEqual([purpose]);
  });

  it('differs under another key', () => {
    const other = createKeyedHash(new Uint8Array(32).fill(8));
    expect(other.hash('session', 'value')).not.toBe(keyed.hash('session', 'value'));
  });

  it('matches neither another value nor a stored text that is no hash', () => {
    expect(keyed.matches('session', 'other', keyed.hash('session', 'value'))).toBe(false);
    expect(keyed.matches('session', 'value', '')).toBe(false);
    expect(keyed.matches('session', 'value', keyed.hash('session', 'value').slice(2))).toBe(false);
  });
});
