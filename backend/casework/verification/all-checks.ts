import type { Enrolment } from '../../credentials/enrolment/enrolment.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { TextSender } from '../../messaging/text-messages/text-sender.ts';
import { createCheckRegistry, type CheckRegistry } from '../decision/check.ts';
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

/** Every way to verify a caller that this backend has. */
export const createAllChecks = ({
  mailer,
  mailComposer,
  texts,
  keyed,
  enrolment,
  publicUrl,
}: Collaborators): CheckRegistry =>
  createCheckRegistry([
    createEmailedCode({ mailer, mailComposer, keyed }),
    createTextedCode({ texts, keyed }),
    createAuthenticatorCode(enrolment),
    createRecoveryCode(enrolment),
    createCallBack(),
    createManagersWord({ mailer, mailComposer, keyed, publicUrl }),
    createInPerson(),
    createSecurityQuestionsCheck(enrolment),
  ]);
