import { z } from 'zod';
import type { OwnChangeKind } from '../../../shared/api/held-change.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';

/** A change by an account's owner, with all that it takes to make it later. */
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

/** What the change is about, as far as others may see it. */
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
  email: 'the e-mail address',
  phone: 'the phone number',
  'recovery-address': 'a recovery address is added',
  'recovery-address-removed': 'a recovery address is removed',
  authenticator: 'an authenticator is set up',
  'authenticator-removed': 'the authenticator is removed',
  'recovery-codes': 'new recovery codes are made',
};

/** The change in the words of a mail: what, and to what. */
export function describeChange(kind: OwnChangeKind, shown: string | null): string {
  const name = names[kind];
  if (shown === null) return name;
  return kind === 'email' || kind === 'phone' ? `${name} becomes ${shown}` : `${name} (${shown})`;
}

/** Whether it is about who can be reached, or about what proves who they are. */
export const isContactChange = (kind: OwnChangeKind): boolean =>
  kind === 'email' || kind === 'phone' || kind === 'recovery-address' || kind === 'recovery-address-removed';
