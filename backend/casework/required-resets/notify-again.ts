import type { Origin } from '../../store/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';

/** States of a first mail whose user may not have read it. */
export const notArrived = ['failed', 'bounced', 'withdrawn', 'in-doubt', 'kept-in-outbox'] as const;
/** Accounts in one change, so that other writers do not wait for a long list. */
const atOnce = 200;

/**
 * Notifies users again whose first mail was refused, bounced or is in doubt. They return to the queue as if they had not been notified, so that each
 * gets one more mail. Returns the number of users. An account is notified again once for each mail that did not arrive, however often this is called.
 * Throws `required-reset.ended`.
 */
export async function notifyAgain(store: Store, requiredResetId: string, origin: Origin): Promise<number> {
  let again = 0;
  for (;;) {
    const chunk = await store.change(origin, async (tx, record) => {
      const running = await tx
        .selectFrom('required_resets')
        .select('reason')
        .where('id', '=', requiredResetId)
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (!running) throw new Refusal('required-reset.ended');
      const rows = await tx
        .selectFrom('required_reset_mails as first')
        .innerJoin('mails', 'mails.id', 'first.mail_id')
        .innerJoin('required_reset_accounts as account', (join) =>
          join
            .onRef('account.required_reset_id', '=', 'first.required_reset_id')
            .onRef('account.account_id', '=', 'first.account_id'),
        )
        .select(['first.account_id', 'first.mail_id', 'mails.state'])
        .where('first.required_reset_id', '=', requiredResetId)
        .where('first.kind', '=', 'told')
        .where('account.state', '=', 'open')
        .where('mails.state', 'in', [...notArrived])
        .limit(atOnce)
        .execute();
      for (const { account_id: accountId, mail_id, state } of rows) {
        // The mail keeps its row under a new name, which frees the key for one more mail.
        await tx
          .updateTable('required_reset_mails')
          .set({ kind: `told-in-vain ${mail_id}` })
          .where('mail_id', '=', mail_id)
          .execute();
        await tx
          .updateTable('required_reset_accounts')
          .set({ told_for: 0, told_at: null })
          .where('required_reset_id', '=', requiredResetId)
          .where('account_id', '=', accountId)
          .execute();
        await record({
          action: 'required-reset.told-again',
          accountId,
          facts: { requiredReset: requiredResetId, reason: running.reason, before: state },
        });
      }
      if (rows.length === 0)
        await record({
          action: 'required-reset.told-again',
          facts: { requiredReset: requiredResetId, accounts: again },
        });
      return rows.length;
    });
    again += chunk;
    if (chunk < atOnce) return again;
  }
}
