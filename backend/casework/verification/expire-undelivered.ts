import type { Mailer } from '../../messaging/mail/mailer.ts';
import { expireCheck } from './settle-check.ts';

/** Ends the check of a code whose mail was refused, at once or later in the queue: the caller can never read it back. */
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
