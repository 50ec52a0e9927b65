import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { maskEmail } from '../../text/mask.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { RequiredResetsTable } from '../../store/tables/required-resets.ts';
import { endIfAllDone } from './complete-required-resets.ts';
import type { DueMail } from './due-mail.ts';
import { exclusionReason } from './find-audience.ts';

export type RequiredReset = Selectable<RequiredResetsTable>;

/** An account of a required reset whose notice or reminder is due. */
export interface DueAccount {
  readonly accountId: string;
  /** A mail was queued before. */
  readonly isNotified: boolean;
}

/** Notifies the owner of one account. Returns whether a mail was queued. */
export type NotifyAccount = (required: RequiredReset, account: DueAccount, due: DueMail) => Promise<boolean>;

interface Collaborators {
  readonly store: Store;
  readonly mailer: Pick<Mailer, 'enqueue'>;
  readonly mailComposer: MailComposer;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** Thrown to roll back the transaction about an account that no longer needs a mail. */
const notNeeded = new Error('No mail is needed');

const updateAccount = (tx: Transaction, { id }: RequiredReset, accountId: string) =>
  tx
    .updateTable('required_reset_accounts')
    .where('required_reset_id', '=', id)
    .where('account_id', '=', accountId);

/**
 * Queues the mail of one account, leaves an account without an address to the desk, or excludes it. The notification is recorded in the transaction
 * that queues its mail, under a unique key, so that a crash neither loses a mail nor queues it twice.
 */
export function createNotifyAccount(collaborators: Collaborators): NotifyAccount {
  const { store, mailer, mailComposer, publicUrl, now } = collaborators;

  /** Claims the account for this mail; throws {@link notNeeded} if its owner has chosen a password or was notified, or if the required reset has ended. */
  const claim = async (tx: Transaction, required: RequiredReset, accountId: string, { moment }: DueMail) => {
    const running = await tx
      .selectFrom('required_resets')
      .select('id')
      .where('id', '=', required.id)
      .where('state', '=', 'running')
      .executeTakeFirst();
    const { numUpdatedRows } = await updateAccount(tx, required, accountId)
      .set({ told_for: moment })
      .where('state', '=', 'open')
      .where('told_for', '<', moment)
      .executeTakeFirst();
    if (!running || numUpdatedRows !== 1n) throw notNeeded;
  };

  const leaveOut = (required: RequiredReset, accountId: string, why: string) =>
    store.change(systemOrigin, async (tx, record) => {
      const set = { state: 'left-out', left_out: why };
      await updateAccount(tx, required, accountId).set(set).where('state', '=', 'open').execute();
      const facts = { requiredReset: required.id, reason: required.reason, why };
      await record({ action: 'required-reset.left-out', accountId, facts });
      await endIfAllDone(tx, record, required.id, now());
    });

  const leaveToDesk = (required: RequiredReset, accountId: string, due: DueMail) =>
    due.kind === 'told'
      ? store.change(systemOrigin, async (tx, record) => {
          await claim(tx, required, accountId, due);
          await updateAccount(tx, required, accountId).set({ by_desk: 1 }).execute();
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
      await updateAccount(tx, required, accountId)
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

  return async (required, { accountId, isNotified }, due) => {
    const account = await store.db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const { email } = account;
    const leftOut = exclusionReason(account, now());
    try {
      if (leftOut !== null) await leaveOut(required, accountId, leftOut);
      else if (email === null || email === '') await leaveToDesk(required, accountId, due);
      else {
        // A user who had no address before gets the notice first, and reminders later.
        await mail(required, account, email, isNotified ? due : { ...due, kind: 'told' });
        return true;
      }
    } catch (thrown) {
      if (thrown !== notNeeded) throw thrown;
    }
    return false;
  };
}
