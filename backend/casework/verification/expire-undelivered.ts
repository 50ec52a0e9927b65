import type { Mailer } from '../../messaging/mail/mailer.ts';
import { expireCheck } from './settle-check.ts';

/** A code that no mail server takes, at once or after waiting in the queue, will never be read back: its check ends. */
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
