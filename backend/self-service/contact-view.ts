import type { OwnChangeKind } from '../../shared/api/held-change.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { AccountRow } from '../directories/directory.ts';
import { recoveryAddressesOf } from '../messaging/notifications/addresses-on-file.ts';
import type { Store } from '../store/store.ts';
import { coolingUntil } from '../casework/decision/contact.ts';
import { isManagedByDirectory, isChangeAllowed } from './contact-rules.ts';

/** One address or number. Instants in milliseconds. */
export interface ContactLine {
  readonly value: string | null;
  readonly changeable: boolean;
  /** Until when it cannot be used to verify the user, because it was changed; null if it can. */
  readonly coolingUntil: number | null;
  /** It was put on file without a verification code. */
  readonly unconfirmed: boolean;
}

/** The contact data of an account, for its owner. */
export interface ContactView {
  readonly email: ContactLine;
  readonly phone: ContactLine;
  readonly recovery: readonly {
    readonly id: string;
    readonly address: string;
    readonly coolingUntil: number | null;
  }[];
  readonly canAddAddress: boolean;
  /** Set if the directory manages address and number: the policy's hint where to change them. */
  readonly managedByDirectory: { readonly where: string } | null;
  readonly held: readonly {
    readonly id: string;
    readonly kind: OwnChangeKind;
    readonly shown: string | null;
    readonly at: number;
    readonly until: number;
  }[];
}

/** Reads the contact data of an account, and the changes that wait for an approver. */
export async function readContact(
  { db }: Store,
  account: AccountRow,
  document: PolicyDocument,
  at: number,
): Promise<ContactView> {
  const { contactCoolDown, ownContact } = document;
  const rests = (changedAt: number | null) => coolingUntil(changedAt, contactCoolDown, at);
  const added = await recoveryAddressesOf(db, account.id);
  const rows = await db
    .selectFrom('own_changes')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('state', '=', 'held')
    .where('held_until', '>', at)
    .orderBy('held_at')
    .execute();
  // The last change of the number was made by its owner without a code.
  const unconfirmed =
    account.phone_changed_at === null
      ? undefined
      : await db
          .selectFrom('own_changes')
          .select('id')
          .where('account_id', '=', account.id)
          .where('kind', '=', 'phone')
          .where('state', '=', 'done')
          .where('settled_at', '=', account.phone_changed_at)
          .where('proved_at', 'is', null)
          .executeTakeFirst();
  return {
    email: {
      value: account.email,
      changeable: isChangeAllowed(account, 'email', document),
      coolingUntil: rests(account.email_changed_at),
      unconfirmed: false,
    },
    phone: {
      value: account.phone,
      changeable: isChangeAllowed(account, 'phone', document),
      coolingUntil: rests(account.phone_changed_at),
      unconfirmed: unconfirmed !== undefined,
    },
    recovery: added.map(({ id, address, addedAt }) => ({ id, address, coolingUntil: rests(addedAt) })),
    canAddAddress:
      isChangeAllowed(account, 'recovery-address', document) && added.length < ownContact.recoveryAddresses,
    managedByDirectory: isManagedByDirectory(account, document) ? { where: ownContact.where } : null,
    held: rows.map(({ id, kind, shown, held_at, held_until }) => ({
      id,
      kind: kind as OwnChangeKind,
      shown,
      at: held_at ?? 0,
      until: held_until ?? 0,
    })),
  };
}
