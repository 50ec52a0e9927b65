import type { AuditAction } from '../../shared/api/timeline.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from './store.ts';
import type { Origin } from './append-event.ts';

interface Refused {
  readonly action: AuditAction;
  /** Absent for what is about no case. */
  readonly caseId?: string;
  /** For what is about an account outside of any case. */
  readonly accountId?: string;
}

/**
 * Runs a change; when it is refused, the attempt is recorded in a change of its own, since the refused one was undone.
 * A case that nobody knows is not named: its id is whatever the request said.
 */
export async function withRefusalAudit<T>(
  store: Store,
  origin: Origin,
  { action, caseId, accountId }: Refused,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      await store.change(origin, async (tx, record) => {
        const known = await tx
          .selectFrom('cases')
          .select(['id', 'account_id'])
          .where('id', '=', caseId ?? '')
          .executeTakeFirst();
        await record({
          action,
          outcome: 'refused',
          accountId: known?.account_id ?? accountId ?? null,
          caseId: known?.id ?? null,
          facts: { code: thrown.code },
        });
      });
    }
    throw thrown;
  }
}
