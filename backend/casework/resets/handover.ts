import type { ResetView, revealWays } from '../../../shared/api/reset.ts';
import type { AuditAction } from '../../../shared/api/timeline.ts';
import type { Origin } from '../../store/append-event.ts';
import { thenForget } from '../../store/database-fault.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { revealRefusal } from '../decision/reset-state.ts';
import { extendCase } from '../extend-case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import { readResetOfOperator, type ReadResets } from './read-resets.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';

export interface Handover {
  /** Records that the secret is about to be seen. Returns the time. */
  recordReveal(
    resetId: string,
    way: (typeof revealWays)[number],
    session: OperatorSession,
    origin: Origin,
  ): Promise<number>;
  /** Records that the caller has the secret: the backend forgets it and the case is closed. */
  handOver(resetId: string, session: OperatorSession, origin: Origin): Promise<ResetView>;
}

/** The steps after a reset: the secret is seen, then handed over. */
export function createHandover(
  { store, secrets, now }: Pick<ResetCollaborators, 'store' | 'secrets' | 'now'>,
  { viewOf }: ReadResets,
): Handover {
  /** Runs a change about a reset. A refused attempt is recorded with the case of the reset. */
  const recording = async <T>(
    action: AuditAction,
    resetId: string,
    origin: Origin,
    work: (tx: Transaction, record: RecordEvent) => Promise<T>,
  ): Promise<T> => {
    const reset = await store.db
      .selectFrom('resets')
      .select('case_id')
      .where('id', '=', resetId)
      .executeTakeFirst();
    const about = { action, caseId: reset?.case_id ?? '' };
    return withRefusalAudit(store, origin, about, () => store.change(origin, work));
  };

  return {
    recordReveal: (resetId, way, session, origin) =>
      recording(`reset.secret-${way}`, resetId, origin, async (tx, record) => {
        const reset = await readResetOfOperator(tx, resetId, session);
        const refusal = revealRefusal(reset, now());
        if (refusal !== null) throw new Refusal(refusal);
        await tx
          .updateTable('resets')
          .set({ revealed_at: reset.revealed_at ?? now() })
          .where('id', '=', resetId)
          .execute();
        await extendCase(tx, reset.case_id, now());
        await record({
          action: `reset.secret-${way}`,
          accountId: reset.account_id,
          caseId: reset.case_id,
          facts: { reset: resetId },
        });
        return now();
      }),

    async handOver(resetId, session, origin) {
      const reset = await store.db
        .selectFrom('resets')
        .selectAll()
        .where('id', '=', resetId)
        .executeTakeFirst();
      if (reset?.handed_over_at == null || reset.operator_id !== session.operator.id) {
        const handingOver = recording('reset.handed-over', resetId, origin, async (tx, record) => {
          const own = await readResetOfOperator(tx, resetId, session);
          await tx.updateTable('resets').set({ handed_over_at: now() }).where('id', '=', resetId).execute();
          const about = { accountId: own.account_id, caseId: own.case_id };
          await record({ action: 'reset.handed-over', facts: { action: own.action }, ...about });
          const { numUpdatedRows } = await tx
            .updateTable('cases')
            .set({ state: 'closed', ended_at: now() })
            .where('id', '=', own.case_id)
            .where('state', '=', 'open')
            .executeTakeFirst();
          if (numUpdatedRows === 1n) await record({ action: 'case.closed', ...about });
        });
        await thenForget(handingOver, () => {
          secrets.delete(resetId);
        });
      }
      return viewOf(resetId);
    },
  };
}
