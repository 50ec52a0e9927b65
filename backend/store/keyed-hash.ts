import {
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { Secret } from '../../shared/secret/secret.ts';

/** Each purpose has a key of its own, so that a hash for one purpose is useless for another. */
export const keyedPurposes = [
  'one-time-code',
  'reset-link',
  'session',
  'next-access-token',
  'next-refresh-token',
  'destination',
  'recovery-code',
  'security-answer',
  'managers-word',
  'operator-link',
  'operator-ticket',
  'operator-credentials',
  'operator-device',
  'operator-recovery-code',
  'not-me',
  'own-change',
  'report',
  'protected-change',
  'sign-in-course',
  'source-token',
] as const;
export type KeyedPurpose = (typeof keyedPurposes)[number];

/**
 * HMAC-SHA-256 in hex, with a separate key per purpose. Short codes need a key: an attacker who reads the database would find six digits
 * behind a plain hash within a second.
 */
export interface KeyedHash {
  hash(purpose: KeyedPurpose, value: string): string;
  matches(purpose: KeyedPurpose, value: string, stored: string): boolean;
}

/** `key` is the 32 bytes of the data folder's key file. */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  const keys = new Map<KeyedPurpose, KeyObject>();
  const keyFor = (purpose: KeyedPurpose) => {
    const known = keys.get(purpose);
    if (known) return known;
    const derived = createSecretKey(
      Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `reset-desk ${purpose}`, 32)),
    );
    keys.set(purpose, derived);
    return derived;
  };
  const hash = (purpose: KeyedPurpose, value: string) =>
    createHmac('sha256', keyFor(purpose)).update(value).digest('hex');
  return {
    hash,
    matches: (purpose, value, stored) => {
      const [a, b] = [Buffer.from(hash(purpose, value), 'hex'), Buffer.from(stored, 'hex')];
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}

/** A token of 256 random bits for sessions and links, URL-safe. */
export const randomToken = (): Secret => new Secret(randomBytes(32).toString('base64url'));
