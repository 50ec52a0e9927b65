import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { PlaceholderName, TemplateName } from '../../../shared/api/mail-template.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { contactLines } from './contact-lines.ts';
import { deskTime } from './desk-time.ts';
import { renderMail, type MailContent } from './templates/render-mail.ts';
import type { Templates } from './templates/templates.ts';

/** The account that a mail is about, and its reader. The owner's mail carries a link that freezes the account; other readers can only report the mail. */
export type MailAccount = {
  readonly displayName: string;
  readonly userName?: string;
} & (
  | { readonly id: string; readonly readBy?: 'owner' | 'manager' }
  | { readonly id: null; readonly operatorId: string }
) & {
    /** The mail tells an address that it was removed, so its link does not depend on that address. */
    readonly toFormer?: boolean;
  };

/** Values of placeholders. Numbers are instants in milliseconds, shown in the desk's time zone. */
export type MailValues = Readonly<Partial<Record<PlaceholderName, string | number | Secret>>>;

/** A composed mail, and the link that has to be stored before it is sent. */
export interface PreparedMail {
  readonly content: MailContent;
  /** Stores the mail's "This was not me" link, in the transaction that queues the mail. */
  readonly saveLink: (tx: Transaction) => Promise<void>;
}

export interface MailComposer {
  /** As {@link MailComposer.compose}, for callers that queue the mail in their own transaction; `tx` if it has already begun. */
  prepare(
    template: TemplateName,
    account: MailAccount,
    mailId: string,
    values: MailValues,
    tx?: Transaction,
  ): Promise<PreparedMail>;
  /** Composes a mail from the template in force and stores its "This was not me" link, valid for 30 days. `mailId` is the mail that will carry it. */
  compose(
    template: TemplateName,
    account: MailAccount,
    mailId: string,
    values: MailValues,
  ): Promise<MailContent>;
}

/** Whether the reader does not own the account, so that the link reports instead of freezing. */
const readerReports = (account: MailAccount): boolean => account.id === null || account.readBy === 'manager';

/**
 * The user name in a mail. Where another directory has an account of the same user name or address, it comes with the name of the directory, so that
 * the reader sees which account is meant.
 */
async function nameOf(db: Kysely<Tables>, { id, userName = '' }: MailAccount): Promise<string> {
  if (id === null || userName === '') return userName;
  const account = await db
    .selectFrom('accounts')
    .leftJoin('directories', 'directories.id', 'accounts.directory_id')
    .select(['accounts.user_name_key', 'accounts.email_key', 'directories.id', 'directories.name'])
    .where('accounts.id', '=', id)
    .executeTakeFirst();
  if (account === undefined) return userName;
  const { user_name_key: key, email_key: email } = account;
  const other = await db
    .selectFrom('accounts')
    .select('id')
    .where((where) =>
      where.or([
        where('user_name_key', '=', key),
        ...(email === null ? [] : [where('email_key', '=', email)]),
      ]),
    )
    .where('directory_id', 'is distinct from', account.id)
    .limit(1)
    .executeTakeFirst();
  return other === undefined ? userName : `${userName} (${account.name ?? 'Reset Desk'})`;
}

/** Milliseconds; long enough for a mail that is read after a holiday. */
const notMeValidForMs = 30 * 24 * 3_600_000;

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
    const good = {
      created_at: now(),
      expires_at: now() + notMeValidForMs,
      used_at: null,
      to_former: account.toFormer === true ? 1 : 0,
    } as const;
    if (readerReports(account)) {
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
    const { displayName } = account;
    const userName = await nameOf(alongside ?? store.db, account);
    const words = await templates.texts(template, alongside);
    const { deskContact } = (await policy.current(alongside)).document;
    const token = /\{\{\s*notMe\s*\}\}/.test(words.body) ? randomToken() : null;
    const filled = {
      name: displayName,
      userName,
      time: deskTime(now(), deskContact),
      contact: contactLines(deskContact),
      ...(token !== null && {
        notMe: `${publicUrl()}/${readerReports(account) ? 'report' : 'not-me'}/${token.expose()}`,
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
    };
    const content = renderMail(template, words, filled, deskContact.organisation);
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
      // Unaudited: the link has no effect until it is used, and the mail that carries it is recorded.
      await store.writeUnaudited(saveLink);
      return content;
    },
  };
}
