import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default kind) with OWASP's parameters; they are stored in each hash. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Hashes a password in the thread pool; the answer is a PHC string. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFC'), parameters);

/** Compares in constant time; a hash that cannot be read counts as wrong. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFC'));
}
