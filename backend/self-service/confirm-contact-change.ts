import { ownChange } from '../credentials/own-changes/own-change.ts';
import type { Origin } from '../store/append-event.ts';
import type { OwnChangeOutcome, OwnChanges } from '../credentials/own-changes/own-changes.ts';
import { changeSealName, settleChange } from '../credentials/own-changes/settle-change.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import { readCode } from '../../shared/typed/code.ts';
import { isChangeAllowed, type ContactPart } from './contact-rules.ts';

export type ConfirmOutcome =
  | { readonly kind: 'wrong' }
  /** The code was used, has expired, or belongs to no pending change. */
  | { readonly kind: 'over' }
  | (OwnChangeOutcome & { readonly part: ContactPart });

export type ConfirmContactChange = (
  account: AccountRow,
  changeId: string,
  code: string,
  origin: Origin,
) => Promise<ConfirmOutcome>;

export interface ConfirmContactCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly changes: OwnChanges;
  readonly now: () => number;
}

/** The change of this account that waits for its code; undefined once the code was used or has expired. `at` in milliseconds. */
export const readUnproved = (db: Store['db'], accountId: string, changeId: string, at: number) =>
  db
    .selectFrom('own_changes')
    .selectAll()
    .where('id', '=', changeId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'unproved')
    .where('code_until', '>', at)
    .executeTakeFirst();

class Spent extends Error {}

/** Makes a change of contact data once the user has entered the code that was sent to the new address or number. */
export function createConfirmContactChange({
  store,
  policy,
  keyed,
  sealed,
  changes,
  now,
}: ConfirmContactCollaborators): ConfirmContactChange {
  return async (account, changeId, typed, origin) => {
    const row = await readUnproved(store.db, account.id, changeId, now());
    if (!row || row.code_hash === null || row.sealed === null) return { kind: 'over' };
    const part = row.kind as ContactPart;
    const { document } = await policy.current();
    if (!isChangeAllowed(account, part, document)) return { kind: 'over' };
    const code = readCode(typed, document.code.digits) ?? '';
    if (!keyed.matches('own-change', `${changeId} ${code}`, row.code_hash)) {
      return store.change(origin, async (tx, record) => {
        const left = await tx
          .updateTable('own_changes')
          .set((column) => ({ tries_left: column('tries_left', '-', 1) }))
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
  };
}
