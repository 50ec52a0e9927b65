import type { AuditAction } from '../../shared/api/timeline.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from './store.ts';
import type { Origin } from './append-event.ts';

interface RefusedAttempt {
  readonly action: AuditAction;
  /** Absent if the attempt concerns no case. */
  readonly caseId?: string;
  /** For an attempt on an account outside any case. */
  readonly accountId?: string;
}

/**
 * Runs `work`. If it throws a Refusal that is not recorded yet, records the attempt in a change of its own, since the refused one was rolled back, and rethrows. The
 * record names the case only if it exists: the id comes from the request.
 */
export async function withRefusalAudit<T>(
  store: Store,
  origin: Origin,
  { action, caseId, accountId }: RefusedAttempt,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refusal && !thrown.isRecorded) {
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
