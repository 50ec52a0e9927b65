import { z } from 'zod';
import type { OwnChangeKind } from '../../../shared/api/held-change.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';

/** A change by the owner of an account, with everything that is needed to apply it later. */
export const ownChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), address: z.string() }),
  z.object({ kind: z.literal('phone'), phone: z.string() }),
  z.object({ kind: z.literal('recovery-address'), address: z.string() }),
  z.object({ kind: z.literal('recovery-address-removed'), recoveryId: z.string(), address: z.string() }),
  z.object({ kind: z.literal('authenticator'), secret: z.string(), lastStep: z.int() }),
  z.object({ kind: z.literal('authenticator-removed') }),
  z.object({ kind: z.literal('recovery-codes'), hashes: z.array(z.string()) }),
]);
export type OwnChange = z.infer<typeof ownChange>;

/** The masked address or number of the change; null if it has none. */
export function maskedTarget(change: OwnChange): string | null {
  switch (change.kind) {
    case 'email':
    case 'recovery-address':
    case 'recovery-address-removed':
      return maskEmail(change.address);
    case 'phone':
      return maskPhone(change.phone);
    default:
      return null;
  }
}

const names: Readonly<Record<OwnChangeKind, string>> = {
  email: 'new email address',
  phone: 'new phone number',
  'recovery-address': 'addition of a recovery address',
  'recovery-address-removed': 'removal of a recovery address',
  authenticator: 'setup of an authenticator app',
  'authenticator-removed': 'removal of the authenticator app',
  'recovery-codes': 'new recovery codes',
};

/** The change as a noun phrase for a mail, such as "new phone number (•••177)". */
export function describeChange(kind: OwnChangeKind, shown: string | null): string {
  return shown === null ? names[kind] : `${names[kind]} (${shown})`;
}

/** Whether the change concerns contact data rather than a sign-in method. */
export const isContactChange = (kind: OwnChangeKind): boolean =>
  kind === 'email' || kind === 'phone' || kind === 'recovery-address' || kind === 'recovery-address-removed';

/** The circumstances of a change. */
export interface Applied {
  readonly accountId: string;
  /** The user entered the code that was sent to the new address or number. */
  readonly confirmed: boolean;
  /** Milliseconds. */
  readonly at: number;
}
