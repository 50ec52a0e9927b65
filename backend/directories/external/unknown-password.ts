import { randomBytes } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ExternalAccount } from './external-directory.ts';

/** A password that is stored nowhere: 192 bits, with every kind of character that a policy may require. */
export const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);

/**
 * Whether the password is still the temporary one that was set at `setAt`. If one of the times is unknown, a change that is still demanded proves
 * it, provided that the directory reports such demands (`tellsDemand`); otherwise the password may be the user's own.
 */
export function stateOfTemporary(
  { passwordSetAt, mustChange }: Pick<ExternalAccount, 'passwordSetAt' | 'mustChange'>,
  setAt: number | null,
  { tellsDemand }: { readonly tellsDemand: boolean },
): 'still' | 'changed-since' | 'unchecked' {
  if (setAt !== null && passwordSetAt !== null) return passwordSetAt === setAt ? 'still' : 'changed-since';
  if (!tellsDemand) return 'unchecked';
  return mustChange ? 'still' : 'changed-since';
}
