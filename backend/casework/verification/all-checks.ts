import type { CheckKind } from '../../../shared/api/check.ts';
import type { Enrolment } from '../../credentials/enrolment/enrolment.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { TextSender } from '../../messaging/text-messages/text-sender.ts';
import { createCheckRegistry, type Check, type CheckRegistry } from '../decision/check.ts';
import { createAuthenticatorCode } from './kinds/authenticator-code.ts';
import { createCallBack } from './kinds/call-back.ts';
import { createEmailedCode } from './kinds/emailed-code.ts';
import { createInPerson } from './kinds/in-person.ts';
import { createManagersWord } from './kinds/managers-word.ts';
import { createRecoveryCode } from './kinds/recovery-code.ts';
import { createSecurityQuestionsCheck } from './kinds/security-questions.ts';
import { createTextedCode } from './kinds/texted-code.ts';

interface Collaborators {
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly texts: TextSender;
  readonly keyed: KeyedHash;
  readonly enrolment: Enrolment;
  readonly publicUrl: () => string;
}

/** Every way to verify a caller. A kind without an adapter does not compile. */
export function createAllChecks({
  mailer,
  mailComposer,
  texts,
  keyed,
  enrolment,
  publicUrl,
}: Collaborators): CheckRegistry {
  const adapters: { readonly [K in CheckKind]: Check<K> } = {
    'emailed-code': createEmailedCode({ mailer, mailComposer, keyed }),
    'texted-code': createTextedCode({ texts, keyed }),
    'authenticator-code': createAuthenticatorCode(enrolment),
    'recovery-code': createRecoveryCode(enrolment),
    'call-back': createCallBack(),
    'managers-word': createManagersWord({ mailer, mailComposer, keyed, publicUrl }),
    'in-person': createInPerson(),
    'security-questions': createSecurityQuestionsCheck(enrolment),
  };
  return createCheckRegistry(Object.values(adapters));
}
