import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { Store } from '../store/store.ts';

/** After a reset, the owner of an account is asked to review everything that gives access to it. */
export interface Review {
  /** `first`: before anything else; `offered`: on the account page, after a reset that the owner requested; null: not due. */
  due(accountId: string): Promise<'first' | 'offered' | null>;
  done(account: AccountRow, origin: Origin): Promise<void>;
}

export function createReview({ store }: { store: Store }): Review {
  return {
    async due(accountId) {
      const row = await store.db
        .selectFrom('account_credentials')
        .select('review_due')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (row === undefined || row.review_due === 0) return null;
      return row.review_due === 1 ? 'first' : 'offered';
    },
    done: ({ id }, origin) =>
      store.change(origin, async (tx, record) => {
        await tx
          .updateTable('account_credentials')
          .set({ review_due: 0 })
          .where('account_id', '=', id)
          .execute();
        await record({ action: 'self-service.reviewed', accountId: id });
      }),
  };
}
