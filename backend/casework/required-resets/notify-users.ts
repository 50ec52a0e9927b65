import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { maskEmail } from '../../text/mask.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { RequiredResetsTable } from '../../store/tables/required-resets.ts';
import { dueReminder, type DueMail } from './due-mail.ts';
import { leftOutOf } from './find-audience.ts';
import { finishWhenDone } from './complete-required-resets.ts';

interface Collaborators {
  readonly store: Store;
  readonly mailer: Pick<Mailer, 'enqueue'>;
  readonly mailComposer: MailComposer;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

type RequiredReset = Selectable<RequiredResetsTable>;

interface ToTell {
  readonly accountId: string;
  /** A mail was queued before. */
  readonly told: boolean;
}

const minute = 60_000;
/** Accounts looked at in one go. */
const batchSize = 50;
/** Thrown to undo the transaction about an account that needs no mail any longer. */
const notNeeded = new Error('No mail is needed');

const mine = (tx: Transaction, { id }: RequiredReset, accountId: string) =>
  tx
    .updateTable('required_reset_accounts')
    .where('required_reset_id', '=', id)
    .where('account_id', '=', accountId);

/**
 * Tells users that they have to choose a new password, and reminds them: so many mails a minute as the policy allows. That an account was told is
 * written in the change that puts its mail into the queue, under a key that can be there once, so that a crash loses no mail and doubles none.
 */
export function createTellUsers(collaborators: Collaborators): { tellDue(): Promise<void> } {
  const { store, mailer, mailComposer, policy, live, publicUrl, now } = collaborators;

  /** How many mails may be queued now: none while as many as a minute takes still wait for the mail server. */
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

  /** Claims the account for this mail; throws {@link notNeeded} if the account has done it or was told, or if the required reset has ended. */
  const claim = async (tx: Transaction, required: RequiredReset, accountId: string, { moment }: DueMail) => {
    const running = await tx
      .selectFrom('required_resets')
      .select('id')
      .where('id', '=', required.id)
      .where('state', '=', 'running')
      .executeTakeFirst();
    const { numUpdatedRows } = await mine(tx, required, accountId)
      .set({ told_for: moment })
      .where('state', '=', 'open')
      .where('told_for', '<', moment)
      .executeTakeFirst();
    if (!running || numUpdatedRows !== 1n) throw notNeeded;
  };

  const leaveOut = (required: RequiredReset, accountId: string, why: string) =>
    store.change(systemOrigin, async (tx, record) => {
      const set = { state: 'left-out', left_out: why };
      await mine(tx, required, accountId).set(set).where('state', '=', 'open').execute();
      const facts = { requiredReset: required.id, reason: required.reason, why };
      await record({ action: 'required-reset.left-out', accountId, facts });
      await finishWhenDone(tx, record, required.id, now());
    });

  const leaveToDesk = (required: RequiredReset, accountId: string, due: DueMail) =>
    due.kind === 'told'
      ? store.change(systemOrigin, async (tx, record) => {
          await claim(tx, required, accountId, due);
          await mine(tx, required, accountId).set({ by_desk: 1 }).execute();
          const facts = { requiredReset: required.id, reason: required.reason };
          await record({ action: 'required-reset.for-desk', accountId, facts });
        })
      : store.writeUnaudited((tx) => claim(tx, required, accountId, due));

  const mail = async (required: RequiredReset, account: AccountRow, email: string, due: DueMail) => {
    const mailId = randomUUID();
    const { id: accountId, display_name: displayName, user_name: userName } = account;
    const { content, saveLink } = await mailComposer.prepare(
      due.kind === 'told' ? 'required-reset' : 'required-reset-reminder',
      { id: accountId, displayName, userName },
      mailId,
      { reason: required.reason, due: required.due_at, link: `${publicUrl()}/change-password` },
    );
    await store.change(systemOrigin, async (tx, record) => {
      await claim(tx, required, accountId, due);
      await mine(tx, required, accountId)
        .set((of) => ({ by_desk: 0, told_at: of.fn.coalesce('told_at', of.val(now())) }))
        .execute();
      await tx
        .insertInto('required_reset_mails')
        .values({
          required_reset_id: required.id,
          account_id: accountId,
          kind: due.kind,
          mail_id: mailId,
          at: now(),
        })
        .execute();
      await saveLink(tx);
      await mailer.enqueue(
        { kind: 'required-reset', to: email, ...content, accountId, caseId: null, neverTwice: true },
        mailId,
        tx,
      );
      const { id: requiredReset, reason } = required;
      await record({
        action: due.kind === 'told' ? 'required-reset.told' : 'required-reset.reminded',
        accountId,
        facts: { requiredReset, reason, sentTo: maskEmail(email), mail: mailId },
      });
    });
  };

  /** Tells one account; answers whether a mail was queued. */
  const tell = async (required: RequiredReset, { accountId, told }: ToTell, due: DueMail) => {
    const account = await store.db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const { email } = account;
    const leftOut = leftOutOf(account, now());
    try {
      if (leftOut !== null) await leaveOut(required, accountId, leftOut);
      else if (email === null || email === '') await leaveToDesk(required, accountId, due);
      else {
        // Who had no address before is told first, and reminded later.
        await mail(required, account, email, told ? due : { ...due, kind: 'told' });
        return true;
      }
    } catch (thrown) {
      if (thrown !== notNeeded) throw thrown;
    }
    return false;
  };

  const toTell = async (required: RequiredReset, due: DueMail, limit: number): Promise<ToTell[]> => {
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
    return rows.map(({ account_id: accountId, told_at }) => ({ accountId, told: told_at !== null }));
  };

  return {
    async tellDue() {
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
          for (const account of await toTell(required, due, Math.min(left, batchSize))) {
            changed = true;
            if (await tell(required, account, due)) left -= 1;
          }
        }
        if (changed) live.publish({ type: 'required-reset-changed' });
      }
    },
  };
}
