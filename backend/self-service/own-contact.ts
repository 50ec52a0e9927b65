import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import { recoveryAddressesOf } from '../messaging/notifications/addresses-on-file.ts';
import { ownChange, maskedTarget, type OwnChange } from '../credentials/own-changes/own-change.ts';
import type { OwnChangeOutcome, OwnChanges } from '../credentials/own-changes/own-changes.ts';
import { changeSealName, settleChange, withdrawOpen } from '../credentials/own-changes/settle-change.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import { newCode, readCode } from '../casework/verification/one-time-code.ts';
import { contactFault, isChangeAllowed, type ContactFault, type ContactPart } from './contact-rules.ts';
import { readContact, type ContactView } from './contact-view.ts';
import type { SendContactCode } from './send-contact-code.ts';

export type RequestOutcome =
  | { readonly kind: 'refused'; readonly fault: ContactFault }
  | { readonly kind: 'code-sent'; readonly changeId: string }
  | OwnChangeOutcome;

export type ConfirmOutcome =
  | { readonly kind: 'wrong' }
  /** The code was used, has expired, or belongs to no pending change. */
  | { readonly kind: 'over' }
  | (OwnChangeOutcome & { readonly part: ContactPart });

export interface OwnContact {
  view(account: AccountRow): Promise<ContactView>;
  /** The masked address or number to which the code of a pending change was sent; null if there is none. */
  sentTo(account: Pick<AccountRow, 'id'>, changeId: string): Promise<string | null>;
  /** Requests a new address or number. It takes effect when the user enters the code sent to it; a number also if texts cannot be sent. */
  requestChange(
    account: AccountRow,
    part: ContactPart,
    value: string,
    origin: Origin,
  ): Promise<RequestOutcome>;
  confirmChange(account: AccountRow, changeId: string, code: string, origin: Origin): Promise<ConfirmOutcome>;
  /** Null if the account has no such address. */
  removeAddress(account: AccountRow, recoveryId: string, origin: Origin): Promise<OwnChangeOutcome | null>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly changes: OwnChanges;
  readonly sendCode: SendContactCode;
  readonly now: () => number;
}

const hour = 3_600_000;
/** Codes that one account may request in an hour, so that it cannot be used to flood strangers. */
const maxCodes = 5;

const changeOf = (part: ContactPart, value: string): OwnChange =>
  part === 'phone' ? { kind: part, phone: value } : { kind: part, address: value };

/** Changes of contact data by users themselves. */
export function createOwnContact(collaborators: Collaborators): OwnContact {
  const { store, policy, keyed, sealed, changes, sendCode, now } = collaborators;

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

  const unproved = (accountId: string, changeId: string) =>
    store.db
      .selectFrom('own_changes')
      .selectAll()
      .where('id', '=', changeId)
      .where('account_id', '=', accountId)
      .where('state', '=', 'unproved')
      .where('code_until', '>', now())
      .executeTakeFirst();

  return {
    view: async (account) => readContact(store, account, (await policy.current()).document, now()),

    sentTo: async ({ id }, changeId) => (await unproved(id, changeId))?.shown ?? null,

    async requestChange(account, part, typed, origin) {
      const value = typed.trim();
      const { document } = await policy.current();
      if (!isChangeAllowed(account, part, document)) return refuse(account, part, 'not-permitted', origin);
      const added = (await recoveryAddressesOf(store.db, account.id)).map(({ address }) => address);
      const fault = contactFault(part, value, account, added, document);
      if (fault !== null) return { kind: 'refused', fault };
      const { count } = await store.db
        .selectFrom('own_changes')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('account_id', '=', account.id)
        .where('kind', 'in', ['email', 'phone', 'recovery-address'])
        .where('asked_at', '>', now() - hour)
        .executeTakeFirstOrThrow();
      if (Number(count) >= maxCodes) return refuse(account, part, 'too-often', origin);
      const change = changeOf(part, value);
      // Without texts a number cannot be confirmed: it is put on file as unconfirmed, and the owner is notified by mail.
      if (part === 'phone' && !(await sendCode.canText())) return changes.make(account, change, origin);
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
      const row = await unproved(account.id, changeId);
      if (row) {
        await store.change(origin, async (tx, record) => {
          if (!(await settleChange(tx, record, row, { state: 'withdrawn', at: now() })))
            await record({ action: 'own-change.refused', outcome: 'refused', accountId: account.id });
        });
      }
      return { kind: 'refused', fault: 'not-sent' };
    },

    async confirmChange(account, changeId, typed, origin) {
      const row = await unproved(account.id, changeId);
      if (!row || row.code_hash === null || row.sealed === null) return { kind: 'over' };
      const part = row.kind as ContactPart;
      const { document } = await policy.current();
      if (!isChangeAllowed(account, part, document)) return { kind: 'over' };
      const code = readCode(typed, document.code.digits) ?? '';
      if (!keyed.matches('own-change', `${changeId} ${code}`, row.code_hash)) {
        return store.change(origin, async (tx, record) => {
          const left = await tx
            .updateTable('own_changes')
            .set((of) => ({ tries_left: of('tries_left', '-', 1) }))
            .where('id', '=', changeId)
            .where('state', '=', 'unproved')
            .returning('tries_left')
            .executeTakeFirst();
          await record({
            action: 'own-change.wrong-code',
            outcome: 'refused',
            accountId: account.id,
            facts: { change: part },
          });
          if ((left?.tries_left ?? 0) > 0) return { kind: 'wrong' };
          await settleChange(tx, record, row, { state: 'withdrawn', at: now() });
          return { kind: 'over' };
        });
      }
      const change = ownChange.parse(JSON.parse(sealed.open(changeSealName(changeId), row.sealed)));
      try {
        const outcome = await changes.make(
          account,
          change,
          origin,
          { changeId, confirmed: true },
          async (tx) => {
            // Of two concurrent attempts one succeeds, and none after too many wrong codes.
            const { numUpdatedRows } = await tx
              .updateTable('own_changes')
              .set({ code_hash: null })
              .where('id', '=', changeId)
              .where('state', '=', 'unproved')
              .where('code_hash', 'is not', null)
              .where('tries_left', '>', 0)
              .executeTakeFirst();
            if (numUpdatedRows !== 1n) throw new Spent();
          },
        );
        return { ...outcome, part };
      } catch (thrown) {
        if (thrown instanceof Spent) return { kind: 'over' };
        throw thrown;
      }
    },

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

class Spent extends Error {}
