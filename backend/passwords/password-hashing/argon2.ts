import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default) with OWASP's parameters, which are stored in each hash. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Hashes a password in Node's thread pool; returns a PHC string. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFC'), parameters);

/** Compares in constant time. Returns false for a malformed hash. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFC'));
}
