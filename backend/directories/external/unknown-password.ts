import { randomBytes } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ExternalAccount } from './external-directory.ts';

/** A password that is stored nowhere: 192 bits, with every kind of character that a policy may require. */
export const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);

/**
 * Whether the password is the temporary one that was set at `setAt`. If the directory reported no time, a change that is still demanded proves it.
 */
export const isStillTemporary = (
  { passwordSetAt, mustChange }: Pick<ExternalAccount, 'passwordSetAt' | 'mustChange'>,
  setAt: number | null,
): boolean => (setAt === null ? mustChange : passwordSetAt === setAt);
