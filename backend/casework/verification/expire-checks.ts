import type { Mailer } from '../../messaging/mail/mailer.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { expireCheck, pendingCheck } from './settle-check.ts';

/** Thrown if the check was settled after the sweep had read it. */
class AlreadySettled extends Error {}

/** Expires the pending checks whose time is over. */
export async function sweepExpiredChecks(store: Store, now: () => number): Promise<void> {
  const over = await store.db
    .selectFrom('checks')
    .select('id')
    .where('state', '=', 'pending')
    .where('expires_at', '<=', now())
    .limit(500)
    .execute();
  for (const { id } of over) {
    await store
      .change(systemOrigin, async (tx, record) => {
        const check = await pendingCheck(tx, id);
        if (!check) throw new AlreadySettled();
        await expireCheck(tx, record, check, 'time', now());
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof AlreadySettled)) throw thrown;
      });
  }
}

/** Ends the check of a code whose mail was refused, at once or later from the queue, because the caller can never read it back. */
export function expireUndelivered(mailer: Mailer, now: () => number): void {
  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'code' || state !== 'failed') return;
    const check = await tx
      .selectFrom('checks')
      .selectAll()
      .where('mail_id', '=', mailId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    if (check) await expireCheck(tx, record, check, 'not delivered', now());
  });
}
