import { randomUUID } from 'node:crypto';
import { identityKey } from '../../../text/fold.ts';
import { maskEmail } from '../../../text/mask.ts';
import type { MailComposer } from '../../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../../messaging/mail/mailer.ts';
import type { KeyedHash } from '../../../store/keyed-hash.ts';
import type { Check } from '../../decision/check.ts';
import { contactCheckObstacle } from '../../decision/check-obstacle.ts';
import { codeOf, grouped, hashCode, isCode, newCode } from '../one-time-code.ts';

/** A code mailed to the address on file; the caller reads it back to the operator. */
export function createEmailedCode({
  mailer,
  mailComposer,
  keyed,
}: {
  mailer: Mailer;
  mailComposer: MailComposer;
  keyed: KeyedHash;
}): Check<'emailed-code'> {
  return {
    kind: 'emailed-code',
    limits: { spacing: 20_000, perHour: 10 },
    async offer({ account: { email, email_changed_at: changedAt }, document, at }) {
      return {
        obstacle: contactCheckObstacle('no-email', email, changedAt, {
          coolDown: document.contactCoolDown,
          at,
        }),
        destination: maskEmail(email),
        person: null,
        digits: document.code.digits,
        boundTo: email === null ? null : identityKey(email),
      };
    },
    async start({ account, document, at, checkId, caseId, session }) {
      const code = newCode(document.code.digits);
      const mailId = randomUUID();
      return {
        secretHash: hashCode(keyed, code, checkId, caseId, session),
        messageId: mailId,
        tries: document.code.tries,
        validFor: document.code.validFor,
        callNumber: null,
        deliver: async () => {
          const owner = { id: account.id, displayName: account.display_name, userName: account.user_name };
          const content = await mailComposer.compose('code', owner, mailId, {
            code: code.map(grouped),
            minutes: String(Math.round(document.code.validFor / 60)),
          });
          const sent = await mailer.send(
            {
              kind: 'code',
              to: account.email ?? '',
              ...content,
              accountId: account.id,
              caseId,
              goodUntil: at + document.code.validFor * 1000,
            },
            mailId,
          );
          return sent.state === 'failed' ? { code: 'mail.failed', answer: sent.answer } : null;
        },
      };
    },
    async answer({ code }, { check, session, document }) {
      const typed = codeOf(code, document.code.digits);
      const right = isCode(keyed, typed, check.code_hash, check.id, check.case_id, session);
      return { outcome: right ? 'passed' : 'wrong' };
    },
  };
}
