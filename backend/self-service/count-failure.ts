import { lockedUntil } from '../accounts/statuses.ts';
import type { Facts, Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { Store } from '../store/store.ts';

/**
 * Records a failed sign-in of an account and, if `failures` is given, counts it: after `max` failures the account is locked for `lockFor` seconds.
 * Returns whether the account is locked now.
 */
export type CountFailure = (
  account: AccountRow,
  who: Origin,
  reason: string,
  failures: { max: number; lockFor: number } | null,
) => Promise<boolean>;

export function createCountFailure({ store, now }: { store: Store; now: () => number }): CountFailure {
  return (account, who, reason, failures) =>
    store.change(who, async (tx, record) => {
      const fresh = await tx
        .selectFrom('accounts')
        .select(['failed_sign_ins', 'locked_since'])
        .where('id', '=', account.id)
        .executeTakeFirstOrThrow();
      const facts: Facts = { reason };
      await record({ action: 'account.sign-in-failed', outcome: 'refused', accountId: account.id, facts });
      if (!failures) return false;
      // A concurrent failure has locked the account; its lock stays.
      if (lockedUntil(fresh, now(), failures.lockFor) !== null) return true;
      // The count starts anew after a lock has expired.
      const count = fresh.locked_since === null ? fresh.failed_sign_ins + 1 : 1;
      const lock = count >= failures.max;
      await tx
        .updateTable('accounts')
        .set({ failed_sign_ins: count, locked_since: lock ? now() : null, updated_at: now() })
        .where('id', '=', account.id)
        .execute();
      if (lock) {
        await record({ action: 'account.locked', accountId: account.id, facts: { failures: count } });
      }
      return lock;
    });
}
