import { randomBytes } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';

/** A password that is kept nowhere: 192 bits, with every kind of character that a policy may demand. */
export const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);
