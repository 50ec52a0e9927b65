import { randomUUID } from 'node:crypto';
import { identityKey } from '../../../text/fold.ts';
import { maskEmail } from '../../../text/mask.ts';
import type { MailComposer } from '../../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../../messaging/mail/mailer.ts';
import { Refusal } from '../../../refusal.ts';
import { randomToken, type KeyedHash } from '../../../store/keyed-hash.ts';
import type { Check } from '../../decision/check.ts';
import { managerOf } from '../manager-of.ts';

interface Collaborators {
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly keyed: KeyedHash;
  readonly publicUrl: () => string;
}

/** The manager on file is asked by mail and answers on a page; the operator waits for the answer. */
export function createManagersWord({
  mailer,
  mailComposer,
  keyed,
  publicUrl,
}: Collaborators): Check<'managers-word'> {
  return {
    kind: 'managers-word',
    limits: { spacing: 60_000, perHour: 5 },
    async offer(subject) {
      const { manager, obstacle } = await managerOf(subject);
      return {
        obstacle,
        destination: maskEmail(manager?.email ?? null),
        person: manager?.display_name ?? subject.account.manager,
        digits: null,
        boundTo: manager === null ? null : `${manager.id} ${identityKey(manager.email)}`,
      };
    },
    async start(starting) {
      const { account, operator, document, at, checkId, caseId } = starting;
      const { manager } = await managerOf(starting);
      if (manager === null) throw new Refusal('check.unavailable');
      const mailId = randomUUID();
      const token = randomToken().map((random) => `${checkId}.${random}`);
      const { validFor } = document.managersWord;
      return {
        secretHash: keyed.hash('managers-word', token.expose()),
        messageId: mailId,
        tries: null,
        validFor,
        callNumber: null,
        askedAccountId: manager.id,
        deliver: async () => {
          const { id: accountId, display_name: displayName, user_name: userName } = account;
          const until = at + validFor * 1000;
          const content = await mailComposer.compose(
            'managers-word',
            { id: accountId, displayName, userName, readBy: 'manager' },
            mailId,
            {
              manager: manager.display_name,
              operator: operator.displayName,
              link: token.map((it) => `${publicUrl()}/managers-word/${it}`),
              minutes: String(Math.round(validFor / 60)),
              until,
            },
          );
          const sent = await mailer.send(
            { kind: 'managers-word', to: manager.email, ...content, accountId, caseId, goodUntil: until },
            mailId,
          );
          return sent.state === 'failed' ? { code: 'mail.failed', answer: sent.answer } : null;
        },
      };
    },
    answer() {
      throw new Refusal('check.unavailable', { detail: 'The manager answers, not the operator.' });
    },
  };
}
