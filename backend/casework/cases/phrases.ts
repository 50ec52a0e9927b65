import { randomInt, randomUUID } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { maskEmail } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { assertOpen } from '../decision/case-context.ts';
import { contactObstacle } from '../decision/contact.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { extendCase } from '../extend-case.ts';

/** Words that the operator and the account's owner both see for a few minutes. Instants in milliseconds. */
export interface Phrase {
  readonly words: readonly string[];
  readonly operator: string;
  readonly until: number;
}

export interface Phrases {
  /** Makes a phrase and shows it on the owner's page and, if an address may be used, in a mail. The operator and the caller compare it. */
  send(
    caseId: string,
    session: OperatorSession,
    origin: Origin,
  ): Promise<{ words: string[]; sentTo: string | null; expiresAt: string }>;
  /** The current phrase of an account, for its signed-in owner; null for none. */
  current(accountId: string): Phrase | null;
}

interface SentPhrase extends Phrase {
  readonly sentAt: number;
}

/** Minimum milliseconds between two phrases for one account, each of which is mailed. */
const resendAfter = 30_000;
const hour = 3_600_000;
/** Phrases for one account in an hour, over all cases and operators. */
const perHour = 10;

/** When the limits allow the next phrase, in milliseconds; null if they allow it now. */
async function nextPhraseAt(
  tx: Transaction,
  accountId: string,
  before: SentPhrase | null,
  at: number,
): Promise<number | null> {
  if (before && before.sentAt + resendAfter > at) return before.sentAt + resendAfter;
  const sent = await tx
    .selectFrom('audit_events')
    .select('at')
    .where('account_id', '=', accountId)
    .where('action', '=', 'case.phrase-sent')
    .where('outcome', '=', 'done')
    .where('at', '>', at - hour)
    .orderBy('at', 'desc')
    .limit(perHour)
    .execute();
  const first = sent[perHour - 1];
  return first ? Number(first.at) + hour : null;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly now: () => number;
}

/**
 * Two-way verification: three words prove to the caller that they talk to the help desk. Kept only in memory; after a restart a new phrase is needed.
 */
export function createPhrases({ store, contexts, mailer, mailComposer, now }: Collaborators): Phrases {
  const phrases = createExpiringMap<SentPhrase>(now);

  const mail = async (
    { words, operator, until, sentAt }: SentPhrase,
    { id: accountId, display_name: displayName, user_name: userName }: AccountRow,
    to: string,
    caseId: string,
  ) => {
    const mailId = randomUUID();
    const content = await mailComposer.compose('phrase', { id: accountId, displayName, userName }, mailId, {
      operator,
      words: words.join(' '),
      minutes: String(Math.round((until - sentAt) / 60_000)),
      until,
    });
    const sent = await mailer.send({ kind: 'notification', to, ...content, accountId, caseId }, mailId);
    if (sent.state !== 'failed') return;
    phrases.delete(accountId);
    throw new Refusal('mail.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
  };

  return {
    async send(caseId, session, origin) {
      const made = await store.change(origin, async (tx, record) => {
        const context = await contexts.read(caseId, session, tx);
        assertOpen(context);
        const { account } = context.found;
        const { contactCoolDown, phrase } = context.policy.document;
        // An address that was changed recently may be an attacker's. The owner's page, which asks for a sign-in, still shows the phrase.
        const obstacle = contactObstacle(
          account.email,
          account.email_changed_at,
          contactCoolDown,
          context.at,
        );
        const email = obstacle === null ? account.email : null;
        const next = await nextPhraseAt(tx, account.id, phrases.get(account.id), now());
        if (next !== null) throw new Refusal('request.rate-limited', { until: new Date(next).toISOString() });
        await extendCase(tx, caseId, now());
        await record({
          action: 'case.phrase-sent',
          accountId: account.id,
          caseId,
          facts: { sentTo: maskEmail(email) },
          policyVersion: context.policy.version,
        });
        return { account, email, validFor: phrase.validFor };
      });
      const words = Array.from({ length: 3 }, () => wordlist[randomInt(wordlist.length)] ?? '');
      const until = now() + made.validFor * 1000;
      const phrase = { words, operator: session.operator.displayName, until, sentAt: now() };
      phrases.set(made.account.id, phrase, until);
      if (made.email !== null) await mail(phrase, made.account, made.email, caseId);
      return {
        words,
        sentTo: maskEmail(made.email),
        expiresAt: new Date(until).toISOString(),
      };
    },
    current: phrases.get,
  };
}
