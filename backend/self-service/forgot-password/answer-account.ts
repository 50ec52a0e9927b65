import { randomUUID } from 'node:crypto';
import { identityKey } from '../../text/fold.ts';
import { maskEmail } from '../../text/mask.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { MailComposer, MailValues } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import { recoveryAddressesOf } from '../../messaging/notifications/addresses-on-file.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { voidOpenLinks } from '../../casework/resets/void-open-links.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import { hasFrozenLink } from '../../accounts/linked-freeze.ts';
import { linkObstacle, obstacleMessages } from './link-obstacle.ts';

export interface AnswerAccountCollaborators {
  readonly keyed: KeyedHash;
  readonly policy: PolicyInForce;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** Queues the answer to a request about one account; returns the mail's id, or null if the account has had too many links. */
export type AnswerAccount = (
  tx: Transaction,
  record: RecordEvent,
  account: AccountRow,
  address: string,
) => Promise<string | null>;

/** A mail that answers a request. */
interface AnswerMail {
  readonly mailId: string;
  readonly account: AccountRow;
  /** The address on file that the user typed: the directory's, or one that the owner added. */
  readonly to: string;
  readonly template: 'self-service-link' | 'self-service-answer';
  readonly values: MailValues;
  readonly kind: 'reset-link' | 'notification';
  readonly goodUntil?: number;
}

const day = 24 * 3_600_000;

/** Queued in the transaction that answers the request, so that a crash loses neither the answer nor the link. */
async function queue(
  tx: Transaction,
  { mailer, mailComposer }: Pick<AnswerAccountCollaborators, 'mailer' | 'mailComposer'>,
  { mailId, account, to, template, values, kind, goodUntil }: AnswerMail,
): Promise<void> {
  const { id, display_name: displayName, user_name: userName } = account;
  const owner = { id, displayName, userName };
  const { content, saveLink } = await mailComposer.prepare(template, owner, mailId, values, tx);
  await saveLink(tx);
  const reference = { accountId: id, caseId: null, ...(goodUntil !== undefined && { goodUntil }) };
  await mailer.enqueue({ kind, to, ...content, ...reference }, mailId, tx);
}

/** Answers a request for a reset link for one of the accounts at its address: with a link, or with the reason why it cannot be sent. */
export function createAnswerAccount(collaborators: AnswerAccountCollaborators): AnswerAccount {
  const { keyed, policy, publicUrl, now } = collaborators;
  const issue = async (
    tx: Transaction,
    record: RecordEvent,
    account: AccountRow,
    to: string,
    validFor: number,
  ): Promise<AnswerMail> => {
    const token = randomToken();
    const mailId = randomUUID();
    const expiresAt = now() + validFor * 1000;
    await voidOpenLinks(tx, record, account.id, now(), 'newer-link');
    await tx
      .insertInto('self_service_links')
      .values({
        id: randomUUID(),
        account_id: account.id,
        token_hash: keyed.hash('reset-link', token.expose()),
        mail_id: mailId,
        created_at: now(),
        expires_at: expiresAt,
        opened_at: null,
        used_at: null,
        voided_at: null,
      })
      .execute();
    await record({
      action: 'reset-link.issued',
      accountId: account.id,
      facts: { selfService: true, sentTo: maskEmail(to) },
    });
    const values = {
      link: token.map((it) => `${publicUrl()}/reset/${it}`),
      hours: String(Math.round(validFor / 3600)),
    };
    return {
      mailId,
      account,
      to,
      template: 'self-service-link',
      values,
      kind: 'reset-link',
      goodUntil: expiresAt,
    };
  };

  const answerFor = async (
    tx: Transaction,
    record: RecordEvent,
    account: AccountRow,
    address: string,
  ): Promise<AnswerMail | null> => {
    const { document } = await policy.current(tx);
    const typed = identityKey(address);
    const added =
      account.email_key === typed
        ? undefined
        : (await recoveryAddressesOf(tx, account.id)).find((known) => identityKey(known.address) === typed);
    // A request by user name or number sends the link to the directory's address.
    const atDirectory = added === undefined;
    // The mail goes to the address on file, not to the typed one.
    const to = added?.address ?? account.email ?? '';
    if (to === '') {
      await record({
        action: 'self-service.link-requested',
        outcome: 'refused',
        accountId: account.id,
        facts: { answer: 'no-address' },
      });
      return null;
    }
    // A recovery address has its own cool-down, independent of the directory's address.
    const rested = atDirectory ? account : { ...account, email_changed_at: added?.addedAt ?? null };
    const obstacle =
      linkObstacle(rested, document, now()) ??
      ((await hasFrozenLink(tx, account)) ? ('linked-frozen' as const) : null);
    const { count } = await tx
      .selectFrom('self_service_links')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .where('created_at', '>', now() - day)
      .executeTakeFirstOrThrow();
    const tooMany = obstacle === null && Number(count) >= document.selfService.perAccount;
    await record({
      action: 'self-service.link-requested',
      outcome: obstacle === null && !tooMany ? 'done' : 'refused',
      accountId: account.id,
      facts: { answer: obstacle ?? (tooMany ? 'too-many' : 'link') },
    });
    if (tooMany) return null;
    if (obstacle === null) return issue(tx, record, account, to, document.resetLink.validFor);
    const values = { what: obstacleMessages[obstacle] };
    return {
      mailId: randomUUID(),
      account,
      to,
      template: 'self-service-answer',
      values,
      kind: 'notification',
    };
  };

  return async (tx, record, account, address) => {
    const mail = await answerFor(tx, record, account, address);
    if (mail === null) return null;
    await queue(tx, collaborators, mail);
    return mail.mailId;
  };
}
