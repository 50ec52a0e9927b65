import { randomUUID } from 'node:crypto';
import { maskedTarget, type OwnChange } from '../credentials/own-changes/own-change.ts';
import type { OwnChangeOutcome } from '../credentials/own-changes/own-changes.ts';
import { changeSealName, settleChange, withdrawOpen } from '../credentials/own-changes/settle-change.ts';
import type { AccountRow } from '../directories/directory.ts';
import { recoveryAddressesOf } from '../messaging/notifications/addresses-on-file.ts';
import type { Origin } from '../store/append-event.ts';
import { newCode } from '../casework/verification/one-time-code.ts';
import { readUnproved, type ConfirmContactCollaborators } from './confirm-contact-change.ts';
import { loadPhoneReader } from '../text/phone-numbers.ts';
import { contactFault, isChangeAllowed, type ContactFault, type ContactPart } from './contact-rules.ts';
import type { SendContactCode } from './send-contact-code.ts';

export type RequestOutcome =
  | { readonly kind: 'refused'; readonly fault: ContactFault }
  | { readonly kind: 'code-sent'; readonly changeId: string }
  | OwnChangeOutcome;

export type RequestContactChange = (
  account: AccountRow,
  part: ContactPart,
  value: string,
  origin: Origin,
) => Promise<RequestOutcome>;

export interface RequestContactCollaborators extends ConfirmContactCollaborators {
  readonly sendCode: SendContactCode;
}

const hour = 3_600_000;
/** Codes that one account may request in an hour, so that it cannot be used to flood strangers. */
const maxCodes = 5;

const changeOf = (part: ContactPart, value: string): OwnChange =>
  part === 'phone' ? { kind: part, phone: value } : { kind: part, address: value };

/** Requests a change of contact data: checks the new value and sends a code to it. */
export function createRequestContactChange({
  store,
  policy,
  keyed,
  sealed,
  changes,
  sendCode,
  now,
}: RequestContactCollaborators): RequestContactChange {
  const refuse = async (account: AccountRow, part: ContactPart, fault: ContactFault, origin: Origin) => {
    await store.change(origin, (_tx, record) =>
      record({
        action: 'own-change.refused',
        outcome: 'refused',
        accountId: account.id,
        facts: { change: part, why: fault },
      }),
    );
    return { kind: 'refused', fault } as const;
  };

  return async (account, part, typed, origin) => {
    const value = typed.trim();
    const { document } = await policy.current();
    if (!isChangeAllowed(account, part, document)) return refuse(account, part, 'not-permitted', origin);
    const added = (await recoveryAddressesOf(store.db, account.id)).map(({ address }) => address);
    const readPhone = await loadPhoneReader(document.accounts.phoneCountry);
    const fault = contactFault(part, value, account, added, readPhone, document);
    if (fault !== null) return { kind: 'refused', fault };
    const { count } = await store.db
      .selectFrom('own_changes')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .where('kind', 'in', ['email', 'phone', 'recovery-address'])
      .where('asked_at', '>', now() - hour)
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxCodes) return refuse(account, part, 'too-often', origin);
    const change = changeOf(part, value);
    // Without texts a number cannot be confirmed: it is stored as unconfirmed, and the owner is notified by mail.
    if (part === 'phone' && !(await sendCode.canText())) return changes.make(account, change, origin);
    if (part !== 'phone' && !(await sendCode.canMail())) return { kind: 'refused', fault: 'not-sent' };
    const changeId = randomUUID();
    const code = newCode(document.code.digits);
    const until = now() + document.code.validFor * 1000;
    const codeMessage = await sendCode.prepare(account, change, { changeId, code, until });
    await store.change(origin, async (tx, record) => {
      await withdrawOpen(tx, record, { accountId: account.id, kind: part, at: now() });
      await tx
        .insertInto('own_changes')
        .values({
          id: changeId,
          account_id: account.id,
          kind: part,
          state: 'unproved',
          shown: maskedTarget(change),
          sealed: sealed.seal(changeSealName(changeId), JSON.stringify(change)),
          code_hash: keyed.hash('own-change', `${changeId} ${code.expose()}`),
          tries_left: document.code.tries,
          code_until: until,
          asked_at: now(),
          proved_at: null,
          held_at: null,
          held_until: null,
          reset_id: null,
          settled_at: null,
          decided_by: null,
          reason: null,
          client: origin.client,
          client_address: origin.clientAddress,
        })
        .execute();
      await record({
        action: 'own-change.asked',
        accountId: account.id,
        facts: { change: part, sentTo: maskedTarget(change) },
      });
      await codeMessage.enqueue(tx);
    });
    if (await codeMessage.deliver()) return { kind: 'code-sent', changeId };
    const row = await readUnproved(store.db, account.id, changeId, now());
    if (row) {
      await store.change(origin, async (tx, record) => {
        if (!(await settleChange(tx, record, row, { state: 'withdrawn', at: now() })))
          await record({ action: 'own-change.refused', outcome: 'refused', accountId: account.id });
      });
    }
    return { kind: 'refused', fault: 'not-sent' };
  };
}
