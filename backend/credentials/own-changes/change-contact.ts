import { identityKey } from '../../text/fold.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import { contactParts } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { Applied } from './own-change.ts';

const ofAccount = (tx: Transaction, { accountId }: Applied) =>
  tx.updateTable('accounts').where('id', '=', accountId);

/** Stores a new address of the account and notifies every address on file, including the former one. */
export async function changeEmail(
  tx: Transaction,
  record: RecordEvent,
  notifications: Notifications,
  address: string,
  applied: Applied,
): Promise<void> {
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
}

/** Stores a new number of the account and notifies every address on file. */
export async function changePhone(
  tx: Transaction,
  record: RecordEvent,
  { policy, notifications }: { readonly policy: PolicyInForce; readonly notifications: Notifications },
  phone: string,
  applied: Applied,
): Promise<void> {
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
}
