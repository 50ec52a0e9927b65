import type { Live } from '../../live/live.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { createFindAudience } from './find-audience.ts';
import { createRequiredResets } from './required-resets.ts';
import { createNotifyUsers } from './notify-users.ts';

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly live: Live;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** Builds the services of required resets and hands them to each other. */
export function createRequiredResetServices(collaborators: Collaborators) {
  const { store, policy, now } = collaborators;
  const lockFor = async () => (await policy.current()).document.signIn.lockFor;
  return {
    requiredResets: createRequiredResets({
      ...collaborators,
      findAudience: createFindAudience({ store, lockFor, now }),
    }),
    /** Mails the users whose notice or reminder is due, within the policy's mails per minute. */
    notifyDue: createNotifyUsers(collaborators).notifyDue,
  };
}
