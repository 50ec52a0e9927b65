import { randomUUID } from 'node:crypto';
import type { PlaceholderName, TemplateName } from '../../shared/api/mail-template.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import { contactLines } from './contact-lines.ts';
import { composeLetter, type Letter } from './templates/compose-letter.ts';
import type { Templates } from './templates/templates.ts';

/** The account that a letter is about. */
export interface LetterAccount {
  readonly id: string;
  readonly displayName: string;
  readonly userName?: string;
}

export interface Letters {
  /** Writes a letter with the words in force, with its own "This was not me" link, good for 30 days. `mailId` is the mail that will carry it. */
  write(
    template: TemplateName,
    account: LetterAccount,
    mailId: string,
    values: Readonly<Partial<Record<PlaceholderName, string>>>,
  ): Promise<Letter>;
}

/** Milliseconds: mails are read late, after a holiday. */
const notMeValidFor = 30 * 24 * 3_600_000;

/** Instants as mails tell them, since nobody knows the reader's time zone. */
export const stamp = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function createLetters({
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
}): Letters {
  const newNotMeLink = async (accountId: string, mailId: string): Promise<string> => {
    const token = randomToken();
    // It means nothing until somebody follows it; the mail that carries it is in the audit log.
    await store.keepTime((tx) =>
      tx
        .insertInto('not_me_links')
        .values({
          id: randomUUID(),
          token_hash: keyed.hash('not-me', token),
          account_id: accountId,
          mail_id: mailId,
          created_at: now(),
          expires_at: now() + notMeValidFor,
          used_at: null,
        })
        .execute(),
    );
    return `${publicUrl()}/not-me/${token}`;
  };
  return {
    async write(template, { id, displayName, userName = '' }, mailId, values) {
      const words = await templates.words(template);
      const { deskContact } = (await policy.current()).document;
      const wanted = /\{\{\s*notMe\s*\}\}/.test(words.body);
      return composeLetter(template, words, {
        name: displayName,
        userName,
        time: stamp(now()),
        contact: contactLines(deskContact),
        ...(wanted && { notMe: await newNotMeLink(id, mailId) }),
        ...values,
      });
    },
  };
}
