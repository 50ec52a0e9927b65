import { systemOrigin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';

/** Milliseconds after which no attempt is still running; an attempt ends after ten seconds. */
const attemptMs = 60_000;

const unknownOutcome =
  'It is not known whether the gateway accepted this text message, because the backend ended or lost its database while it was being sent.';

/** Settles the texts whose attempt ended without a record of its outcome. Never sends them again: the user may have them. */
export async function settleUnknownTexts(store: Store, now: () => number): Promise<void> {
  const lost = await store.db
    .selectFrom('text_messages')
    .select(['id', 'kind', 'account_id', 'case_id'])
    .where('state', '=', 'sending')
    .where('queued_at', '<=', now() - attemptMs)
    .limit(500)
    .execute();
  for (const { id, kind, account_id: accountId, case_id: caseId } of lost) {
    await store.change(systemOrigin, async (tx, record) => {
      await tx
        .updateTable('text_messages')
        .set({ state: 'failed', answer: unknownOutcome, settled_at: now() })
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .execute();
      await record({
        action: 'text.failed',
        outcome: 'failed',
        accountId,
        caseId,
        facts: { kind, text: id, why: 'outcome-unknown' },
      });
    });
  }
}
