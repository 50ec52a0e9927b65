import type { Live } from '../../live/live.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { dueReminder, type DueMail } from './due-mail.ts';
import { createNotifyAccount, type DueAccount, type RequiredReset } from './notify-account.ts';

interface Collaborators {
  readonly store: Store;
  readonly mailer: Pick<Mailer, 'enqueue'>;
  readonly mailComposer: MailComposer;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

const minute = 60_000;
/** Accounts in one read. */
const batchSize = 50;
/** Notifies users that they have to choose a new password, and reminds them: at most the policy's mails per minute. */
export function createNotifyUsers(collaborators: Collaborators): { notifyDue(): Promise<void> } {
  const { store, policy, live, now } = collaborators;
  const notifyAccount = createNotifyAccount(collaborators);

  /** How many mails may be queued now: none while a full minute's mails still wait for the mail server. */
  const allowance = async (mailsPerMinute: number): Promise<number> => {
    const { recent } = await store.db
      .selectFrom('required_reset_mails')
      .select((of) => of.fn.countAll<number>().as('recent'))
      .where('at', '>', now() - minute)
      .executeTakeFirstOrThrow();
    const { waiting } = await store.db
      .selectFrom('mail_queue')
      .innerJoin('required_reset_mails', 'required_reset_mails.mail_id', 'mail_queue.mail_id')
      .select((of) => of.fn.countAll<number>().as('waiting'))
      .executeTakeFirstOrThrow();
    return mailsPerMinute - Math.max(Number(recent), Number(waiting));
  };

  const readDueAccounts = async (
    required: RequiredReset,
    due: DueMail,
    limit: number,
  ): Promise<DueAccount[]> => {
    const rows = await store.db
      .selectFrom('required_reset_accounts')
      .select(['account_id', 'told_at'])
      .where('required_reset_id', '=', required.id)
      .where('state', '=', 'open')
      .where('told_for', due.kind === 'told' ? '=' : '>', 0)
      .where('told_for', '<', due.moment)
      .orderBy('told_for')
      .limit(limit)
      .execute();
    return rows.map(({ account_id: accountId, told_at }) => ({ accountId, isNotified: told_at !== null }));
  };

  return {
    async notifyDue() {
      const running = await store.db
        .selectFrom('required_resets')
        .selectAll()
        .where('state', '=', 'running')
        .orderBy('started_at')
        .execute();
      if (running.length === 0) return;
      const { requiredReset } = (await policy.current()).document;
      let left = await allowance(requiredReset.mailsPerMinute);
      for (const required of running) {
        const reminder = dueReminder(required, requiredReset, now());
        let changed = false;
        for (const due of [{ kind: 'told', moment: now() }, reminder]) {
          if (due === null || left <= 0) continue;
          for (const account of await readDueAccounts(required, due, Math.min(left, batchSize))) {
            changed = true;
            if (await notifyAccount(required, account, due)) left -= 1;
          }
        }
        if (changed) live.publish({ type: 'required-reset-changed' });
      }
    },
  };
}
