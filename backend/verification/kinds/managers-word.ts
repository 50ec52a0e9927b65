import { randomUUID } from 'node:crypto';
import { identityKey } from '../../accounts/fold.ts';
import { maskEmail } from '../../accounts/mask.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { Refusal } from '../../refusal.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Check } from '../check.ts';
import { managerOf } from '../manager-of.ts';

interface Collaborators {
  readonly mailer: Mailer;
  readonly keyed: KeyedHash;
  readonly publicUrl: () => string;
}

/** The manager on file is asked by mail and answers on a page; the operator watches. */
export function createManagersWord({ mailer, keyed, publicUrl }: Collaborators): Check<'managers-word'> {
  return {
    kind: 'managers-word',
    limits: { spacing: 60_000, perHour: 5 },
    async look(subject) {
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
      const token = `${checkId}.${randomToken()}`;
      const { validFor } = document.managersWord;
      return {
        secretHash: keyed.hash('managers-word', token),
        messageId: mailId,
        tries: null,
        validFor,
        callNumber: null,
        deliver: async () => {
          const sent = await mailer.send(
            {
              kind: 'managers-word',
              to: manager.email,
              subject: `Is this ${account.display_name}? The help desk asks for your word`,
              text: mailText({
                name: `${account.display_name} (${account.user_name})`,
                operator: operator.displayName,
                link: `${publicUrl()}/managers-word/${token}`,
                minutes: Math.round(validFor / 60),
              }),
              accountId: account.id,
              caseId,
              goodUntil: at + validFor * 1000,
            },
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

function mailText({
  name,
  operator,
  link,
  minutes,
}: {
  readonly name: string;
  readonly operator: string;
  readonly link: string;
  readonly minutes: number;
}): string {
  return [
    `Somebody who says they are ${name} asks the help desk for a new password.`,
    `${operator} at the help desk asks for your word, since you are on file as their manager.`,
    '',
    'Speak to them first, in person or on a number that you know. Then answer here:',
    link,
    '',
    `The page is open for ${minutes} minutes and takes one answer. Opening it answers nothing.`,
    '',
  ].join('\n');
}
