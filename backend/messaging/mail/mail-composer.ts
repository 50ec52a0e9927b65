import { randomUUID } from 'node:crypto';
import type { PlaceholderName, TemplateName } from '../../../shared/api/mail-template.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import { contactLines } from './contact-lines.ts';
import { deskTime } from './desk-time.ts';
import { renderMail, type MailContent } from './templates/render-mail.ts';
import type { Templates } from './templates/templates.ts';

/** Whom a letter is about, and who reads it: its owner can freeze an account, others can only report that they know nothing of it. */
export type MailAccount = {
  readonly displayName: string;
  readonly userName?: string;
} & (
  | { readonly id: string; readonly readBy?: 'owner' | 'manager' }
  | { readonly id: null; readonly operatorId: string }
);

/** What a letter says besides what every letter does; numbers are instants in milliseconds, told in the desk's zone. */
export type MailValues = Readonly<Partial<Record<PlaceholderName, string | number | Secret>>>;

/** A letter that was written, and what has to be written down before it leaves. */
export interface PreparedMail {
  readonly content: MailContent;
  /** Keeps the letter's "This was not me" link, in the change that queues the mail. */
  readonly saveLink: (tx: Transaction) => Promise<void>;
}

export interface MailComposer {
  /** As {@link MailComposer.compose}, for who queues the mail in a change of their own: `tx`, when that is under way already. */
  prepare(
    template: TemplateName,
    account: MailAccount,
    mailId: string,
    values: MailValues,
    tx?: Transaction,
  ): Promise<PreparedMail>;
  /** Writes a letter with the words in force, with its own "This was not me" link, good for 30 days. `mailId` is the mail that will carry it. */
  compose(
    template: TemplateName,
    account: MailAccount,
    mailId: string,
    values: MailValues,
  ): Promise<MailContent>;
}

/** Whether its reader is not the owner of an account that could be frozen. */
const reports = (account: MailAccount): boolean => account.id === null || account.readBy === 'manager';

/** Milliseconds: mails are read late, after a holiday. */
const notMeValidFor = 30 * 24 * 3_600_000;

export function createMailComposer({
  store,
  templates,
  policy,
  keyed,
  publicUrl,
  now,
}: {
  store: Store;
  templates: Templates;
  policy: PolicyInForce;
  keyed: KeyedHash;
  publicUrl: () => string;
  now: () => number;
}): MailComposer {
  const keepLink = async (
    tx: Transaction,
    token: Secret,
    account: MailAccount,
    mailId: string,
  ): Promise<void> => {
    const good = { created_at: now(), expires_at: now() + notMeValidFor, used_at: null };
    if (reports(account)) {
      await tx
        .insertInto('report_links')
        .values({
          id: randomUUID(),
          token_hash: keyed.hash('report', token.expose()),
          account_id: account.id,
          operator_id: account.id === null ? account.operatorId : null,
          mail_id: mailId,
          ...good,
        })
        .execute();
      return;
    }
    await tx
      .insertInto('not_me_links')
      .values({
        id: randomUUID(),
        token_hash: keyed.hash('not-me', token.expose()),
        account_id: account.id ?? '',
        mail_id: mailId,
        ...good,
      })
      .execute();
  };
  const prepare: MailComposer['prepare'] = async (template, account, mailId, values, alongside) => {
    const { displayName, userName = '' } = account;
    const words = await templates.texts(template, alongside);
    const { deskContact } = (await policy.current(alongside)).document;
    const token = /\{\{\s*notMe\s*\}\}/.test(words.body) ? randomToken() : null;
    const content = renderMail(template, words, {
      name: displayName,
      userName,
      time: deskTime(now(), deskContact),
      contact: contactLines(deskContact),
      ...(token !== null && {
        notMe: `${publicUrl()}/${reports(account) ? 'report' : 'not-me'}/${token.expose()}`,
      }),
      ...Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'number'
            ? deskTime(value, deskContact)
            : value instanceof Secret
              ? value.expose()
              : value,
        ]),
      ),
    });
    return {
      content,
      saveLink: async (tx) => {
        if (token !== null) await keepLink(tx, token, account, mailId);
      },
    };
  };
  return {
    prepare,
    async compose(template, account, mailId, values) {
      const { content, saveLink } = await prepare(template, account, mailId, values);
      // The link means nothing until somebody follows it; the mail that carries it is in the audit log.
      await store.writeUnaudited(saveLink);
      return content;
    },
  };
}
