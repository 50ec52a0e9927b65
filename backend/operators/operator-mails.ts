import type { Secret } from '../../shared/secret/secret.ts';
import { randomUUID } from 'node:crypto';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';

export type LinkPurpose = 'invitation' | 'password';

export interface OperatorMails {
  /** The invitation, or the link for a new password. `mailId` is the mail that carries it. */
  sendLink(
    operator: OperatorsTable,
    email: string,
    link: { readonly purpose: LinkPurpose; readonly address: Secret; readonly expires: number },
    mailId: string,
  ): Promise<void>;
  /** Notifies an operator that one of their recovery codes was used. */
  sendRecoveryCodeNotice(operator: OperatorsTable, email: string, left: number): Promise<void>;
  /** Queues in `tx` a mail that something about the operator was changed; `what` is a clause. The report link works from a former address as well. */
  queueChangeNotice(tx: Transaction, operator: OperatorsTable, to: string, what: string): Promise<void>;
}

interface Collaborators {
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
}

/** Operators have no account to freeze: "This was not me" reports the mail and ends the operator's sessions. */
const noAccount = { accountId: null, caseId: null } as const;
const reader = ({ id, display_name, user_name }: OperatorsTable) => ({
  id: null,
  operatorId: id,
  displayName: display_name,
  userName: user_name,
});

/** Mails to operators. */
export function createOperatorMails({ mailer, mailComposer }: Collaborators): OperatorMails {
  return {
    async sendLink(operator, email, { purpose, address, expires }, mailId) {
      const template = purpose === 'invitation' ? 'operator-invitation' : 'operator-password';
      const content = await mailComposer.compose(template, reader(operator), mailId, {
        link: address,
        until: expires,
      });
      await mailer.send(
        { kind: 'operator-link', to: email, ...content, ...noAccount, goodUntil: expires },
        mailId,
      );
    },
    async sendRecoveryCodeNotice(operator, email, left) {
      const mailId = randomUUID();
      const values = { left: String(left) };
      const content = await mailComposer.compose('operator-recovery-code', reader(operator), mailId, values);
      await mailer.send({ kind: 'notification', to: email, ...content, ...noAccount }, mailId);
    },
    async queueChangeNotice(tx, operator, to, what) {
      const mailId = randomUUID();
      const toFormer = to.toLowerCase() !== operator.email?.toLowerCase();
      const about = { ...reader(operator), toFormer };
      const { content, saveLink } = await mailComposer.prepare(
        'operator-changed',
        about,
        mailId,
        { what },
        tx,
      );
      await saveLink(tx);
      await mailer.enqueue({ kind: 'notification', to, ...content, ...noAccount }, mailId, tx);
    },
  };
}
