import { randomUUID } from 'node:crypto';
import { identityKey } from '../../text/fold.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import { deleteAuthenticator, storeAuthenticator } from './store-authenticator.ts';
import { storeRecoveryCodes } from './store-recovery-codes.ts';
import { contactParts } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { OwnChange } from './own-change.ts';

/** The circumstances of a change. */
export interface Applied {
  readonly accountId: string;
  /** The user entered the code that was sent to the new address or number. */
  readonly confirmed: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** Applies a change by the owner of an account, records it, and notifies every address on file, including the previous one. */
export type ApplyChange = (
  tx: Transaction,
  record: RecordEvent,
  change: OwnChange,
  applied: Applied,
) => Promise<void>;

export function createApplyChange({
  policy,
  notifications,
  sealed,
}: {
  policy: PolicyInForce;
  notifications: Notifications;
  sealed: Sealed;
}): ApplyChange {
  const ofAccount = (tx: Transaction, { accountId }: Applied) =>
    tx.updateTable('accounts').where('id', '=', accountId);

  const putEmail = async (tx: Transaction, record: RecordEvent, address: string, applied: Applied) => {
    const { accountId, at } = applied;
    const { email: former } = await tx
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    await ofAccount(tx, applied)
      .set({ email: address, email_key: identityKey(address), email_changed_at: at, updated_at: at })
      .execute();
    await record({
      action: 'account.contact-changed',
      accountId,
      facts: {
        email: true,
        phone: false,
        emailFrom: maskEmail(former),
        emailTo: maskEmail(address),
        own: true,
        confirmed: applied.confirmed,
      },
    });
    await notifications.contactsChanged(tx, [{ accountId, what: contactParts.email, former }]);
  };

  const putPhone = async (tx: Transaction, record: RecordEvent, phone: string, applied: Applied) => {
    const { accountId, at } = applied;
    const { document } = await policy.current(tx);
    const readPhone = await loadPhoneReader(document.accounts.phoneCountry);
    const digits = readPhone(phone)?.digits ?? '';
    const { phone: former } = await tx
      .selectFrom('accounts')
      .select('phone')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    await ofAccount(tx, applied)
      .set({
        phone,
        phone_digits: digits,
        phone_reversed: [...digits].toReversed().join(''),
        phone_changed_at: at,
        updated_at: at,
      })
      .execute();
    await record({
      action: 'account.contact-changed',
      accountId,
      facts: {
        email: false,
        phone: true,
        phoneFrom: maskPhone(former),
        phoneTo: maskPhone(phone),
        own: true,
        confirmed: applied.confirmed,
      },
    });
    await notifications.contactsChanged(tx, [{ accountId, what: contactParts.phone }]);
  };

  const addAddress = async (
    tx: Transaction,
    record: RecordEvent,
    address: string,
    { accountId, at }: Applied,
  ) => {
    await tx
      .insertInto('recovery_addresses')
      .values({
        id: randomUUID(),
        account_id: accountId,
        address,
        address_key: identityKey(address),
        added_at: at,
      })
      .onConflict((on) => on.columns(['account_id', 'address_key']).doNothing())
      .execute();
    await record({
      action: 'account.recovery-address-added',
      accountId,
      facts: { address: maskEmail(address) },
    });
    await notifications.contactsChanged(tx, [{ accountId, what: 'a recovery address was added' }]);
  };

  const removeAddress = async (
    tx: Transaction,
    record: RecordEvent,
    recoveryId: string,
    { accountId }: Applied,
  ) => {
    const removed = await tx
      .deleteFrom('recovery_addresses')
      .where('id', '=', recoveryId)
      .where('account_id', '=', accountId)
      .returning('address')
      .executeTakeFirst();
    const former = removed?.address ?? null;
    await record({
      action: 'account.recovery-address-removed',
      accountId,
      facts: { address: maskEmail(former) },
    });
    await notifications.contactsChanged(tx, [{ accountId, what: 'a recovery address was removed', former }]);
  };

  return async (tx, record, change, applied) => {
    const { accountId, at } = applied;
    const tell = (what: string) => notifications.signInMethodChanged(tx, { accountId }, what);
    switch (change.kind) {
      case 'email':
        return putEmail(tx, record, change.address, applied);
      case 'phone':
        return putPhone(tx, record, change.phone, applied);
      case 'recovery-address':
        return addAddress(tx, record, change.address, applied);
      case 'recovery-address-removed':
        return removeAddress(tx, record, change.recoveryId, applied);
      case 'authenticator':
        await storeAuthenticator(tx, record, sealed, { ...change, accountId, at });
        return tell('an authenticator app was set up');
      case 'authenticator-removed':
        await deleteAuthenticator(tx, record, accountId);
        return tell('the authenticator app was removed');
      case 'recovery-codes':
        await storeRecoveryCodes(tx, record, { hashes: change.hashes, accountId, at });
        return tell('new recovery codes were created');
    }
  };
}
