import { randomUUID } from 'node:crypto';
import type { Secret } from '../../../../shared/secret/secret.ts';
import type { KeyedHash } from '../../../store/keyed-hash.ts';
import type { TextSender } from '../../../messaging/text-messages/text-sender.ts';
import type { Check } from '../../decision/check.ts';
import { offerByPhone } from '../offer-by-phone.ts';
import { codeOf, grouped, hashCode, isCode, newCode } from '../one-time-code.ts';

/** Fits into one text of 160 GSM characters. */
const codeText = (code: Secret, validFor: number): string =>
  `Help desk code: ${grouped(code.expose())}, valid for ${Math.round(validFor / 60)} minutes. ` +
  'Read it only to a help desk that you called yourself.';

/** A code texted to the number on file; the caller reads it back to the operator. */
export function createTextedCode({
  texts,
  keyed,
}: {
  texts: TextSender;
  keyed: KeyedHash;
}): Check<'texted-code'> {
  return {
    kind: 'texted-code',
    // Fewer than mails: a text costs money and may wake the owner.
    limits: { spacing: 30_000, perHour: 5 },
    offer: async (subject) => offerByPhone(subject, subject.document.code.digits),
    async start({ account, document, checkId, caseId, session }) {
      const code = newCode(document.code.digits);
      const textId = randomUUID();
      return {
        secretHash: hashCode(keyed, code, checkId, caseId, session),
        messageId: textId,
        tries: document.code.tries,
        validFor: document.code.validFor,
        callNumber: null,
        deliver: async () => {
          const text = codeText(code, document.code.validFor);
          const to = account.phone ?? '';
          const sent = await texts.send({ kind: 'code', to, text, accountId: account.id, caseId }, textId);
          return sent.state === 'failed' ? { code: 'text.failed', answer: sent.answer } : null;
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
