/** A mail to one reader. `text` may carry a code or a link: it is never logged or stored by us outside the outbox. */
export interface Mail {
  readonly kind: 'code' | 'reset-link' | 'notification' | 'test';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly accountId: string | null;
  readonly caseId: string | null;
}

export interface MailOutcome {
  readonly mailId: string;
  readonly state: 'accepted' | 'kept-in-outbox' | 'failed';
  /** The mail server's words. */
  readonly answer: string | null;
}

/** Sends at once and says what the mail server said; never throws for a mail that could not be sent. */
export interface Mailer {
  /** Sets the row of `mails` (state `sending`) and then sends; the id is known before, so that others can point to it. */
  send(mail: Mail, mailId?: string): Promise<MailOutcome>;
}
