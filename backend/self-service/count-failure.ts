import { lockedUntil } from '../accounts/statuses.ts';
import type { Facts, Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { Store } from '../store/store.ts';

/**
 * Records a failed sign-in of an account and, if `failures` is given, counts it: after `max` failures the account is locked for `lockFor` seconds.
 * Without `failures` nothing bounds how many there are, so that frequent ones are counted in the log. Returns whether the account is locked now.
 */
export type CountFailure = (
  account: AccountRow,
  who: Origin,
  reason: string,
  failures: { max: number; lockFor: number } | null,
) => Promise<boolean>;

/** Equal to the number for unknown names, so that response times reveal no names. */
export const failuresOneByOne = 60;

export function createCountFailure({
  store,
  eventWindows,
  now,
}: {
  readonly store: Store;
  readonly eventWindows: Pick<EventWindows, 'record'>;
  readonly now: () => number;
}): CountFailure {
  const failed = (accountId: string, facts: Facts) =>
    ({ action: 'account.sign-in-failed', outcome: 'refused', accountId, facts }) as const;
  return async (account, who, reason, failures) => {
    if (failures === null) {
      const key = `account.sign-in-failed ${account.id} ${reason}`;
      const event = failed(account.id, { reason });
      await eventWindows.record({ key, origin: who, event, first: failuresOneByOne });
      return false;
    }
    return store.change(who, async (tx, record) => {
      const fresh = await tx
        .selectFrom('accounts')
        .select(['failed_sign_ins', 'locked_since'])
        .where('id', '=', account.id)
        .executeTakeFirstOrThrow();
      await record(failed(account.id, { reason }));
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
  };
}
