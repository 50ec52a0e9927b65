import type { AccountRow } from '../directories/directory.ts';
import type { Origin } from '../store/append-event.ts';
import type { Store } from '../store/store.ts';

/** Records that a password could not be compared, because the account's directory did not answer. It counts as no failed attempt. */
export const noteUnanswered = (
  { store }: { readonly store: Store },
  account: AccountRow,
  who: Origin,
): Promise<void> =>
  store.change(who, (_tx, record) =>
    record({
      action: 'account.password-not-checked',
      outcome: 'failed',
      accountId: account.id,
      facts: { directory: account.directory_id },
    }),
  );
