import type { Origin } from '../store/append-event.ts';
import type { Store } from '../store/store.ts';

export interface RefusedCalls {
  /** An operator called what their roles do not allow. */
  notPermitted(origin: Origin, call: string): Promise<void>;
  /**
   * An operator's writing call failed validation. The console validates with the same schemas, so the call came from another client.
   */
  unreadable(origin: Origin, call: string, code: string, caseId: string | null): Promise<void>;
}

/** Records calls of known operators that are refused before they reach a handler. */
export function createRefusedCalls(store: Store): RefusedCalls {
  return {
    notPermitted: (origin, call) =>
      store.change(origin, (_tx, record) =>
        record({
          action: 'operator.not-permitted',
          outcome: 'refused',
          facts: { call, code: 'session.not-permitted' },
        }),
      ),
    unreadable: (origin, call, code, caseId) =>
      store.change(origin, async (tx, record) => {
        const known = await tx
          .selectFrom('cases')
          .select(['id', 'account_id'])
          .where('id', '=', caseId ?? '')
          .executeTakeFirst();
        await record({
          action: 'operator.call-unreadable',
          outcome: 'refused',
          accountId: known?.account_id ?? null,
          caseId: known?.id ?? null,
          facts: { call, code },
        });
      }),
  };
}
