import { systemOrigin } from '../../store/append-event.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { voidOpenLinks } from './void-open-links.ts';

/** After a crash: settles the resets that have an intent and no outcome as unknown. */
export async function settleUnfinishedResets({
  store,
  now,
}: Pick<ResetCollaborators, 'store' | 'now'>): Promise<void> {
  const unfinished = await store.db
    .selectFrom('resets')
    .selectAll()
    .where('state', '=', 'intended')
    .execute();
  for (const reset of unfinished) {
    await store.change(systemOrigin, async (tx, record) => {
      // The mail of a link may have been sent: the link is voided, so that a new one can be sent without two being valid.
      await voidOpenLinks(tx, record, reset.account_id, now(), 'crash');
      await tx
        .updateTable('resets')
        .set({ state: 'unknown', settled_at: now(), failure: 'crash' })
        .where('id', '=', reset.id)
        .execute();
      await record({
        action: 'reset.settled-after-crash',
        outcome: 'failed',
        accountId: reset.account_id,
        caseId: reset.case_id,
        facts: { action: reset.action, reset: reset.id },
      });
    });
  }
}
