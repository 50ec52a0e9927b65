import { randomBytes } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ExternalAccount } from './external-directory.ts';

/** A password that is kept nowhere: 192 bits, with every kind of character that a policy may demand. */
export const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);

/** Whether the password is the temporary one that was set at `setAt`. Where the directory told no time, a change that is still demanded says so. */
export const isStillTemporary = (
  { passwordSetAt, mustChange }: Pick<ExternalAccount, 'passwordSetAt' | 'mustChange'>,
  setAt: number | null,
): boolean => (setAt === null ? mustChange : passwordSetAt === setAt);
