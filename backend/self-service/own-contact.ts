import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import { recoveryAddressesOf } from '../messaging/notifications/addresses-on-file.ts';
import type { OwnChangeOutcome } from '../credentials/own-changes/own-changes.ts';
import {
  createConfirmContactChange,
  readUnproved,
  type ConfirmContactChange,
} from './confirm-contact-change.ts';
import { readContact, type ContactView } from './contact-view.ts';
import {
  createRequestContactChange,
  type RequestContactChange,
  type RequestContactCollaborators,
} from './request-contact-change.ts';

export interface OwnContact {
  view(account: AccountRow): Promise<ContactView>;
  /** The masked address or number to which the code of a pending change was sent; null if no change is pending. */
  sentTo(account: Pick<AccountRow, 'id'>, changeId: string): Promise<string | null>;
  /** Requests a new address or number. It takes effect when the user enters the code sent to it; a number also if texts cannot be sent. */
  readonly requestChange: RequestContactChange;
  readonly confirmChange: ConfirmContactChange;
  /** Null if the account has no such address. */
  removeAddress(account: AccountRow, recoveryId: string, origin: Origin): Promise<OwnChangeOutcome | null>;
}

/** Changes of contact data by users themselves. */
export function createOwnContact(collaborators: RequestContactCollaborators): OwnContact {
  const { store, policy, changes, now } = collaborators;

  return {
    view: async (account) => readContact(store, account, (await policy.current()).document, now()),

    sentTo: async ({ id }, changeId) => (await readUnproved(store.db, id, changeId, now()))?.shown ?? null,

    requestChange: createRequestContactChange(collaborators),

    confirmChange: createConfirmContactChange(collaborators),

    async removeAddress(account, recoveryId, origin) {
      const added = await recoveryAddressesOf(store.db, account.id);
      const found = added.find(({ id }) => id === recoveryId);
      if (!found) return null;
      return changes.make(
        account,
        { kind: 'recovery-address-removed', recoveryId, address: found.address },
        origin,
      );
    },
  };
}
