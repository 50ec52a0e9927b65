import type { Directory } from '../directories/directory.ts';
import type { Enrolment } from '../credentials/enrolment/enrolment.ts';
import type { Live } from '../live/live.ts';
import type { Channels } from '../messaging/channels.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { Notifications } from '../messaging/notifications/notifications.ts';
import type { OwnChanges } from '../credentials/own-changes/own-changes.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import type { TextSender } from '../messaging/text-messages/text-sender.ts';
import { createChoosePassword } from './choose-password.ts';
import { createConfirmPassword } from './confirm-password.ts';
import { createAnswerRequests } from './forgot-password/answer-requests.ts';
import { createPasswordRequests } from './forgot-password/password-requests.ts';
import { createOwnContact } from './own-contact.ts';
import type { EventWindows } from '../store/event-windows.ts';
import { createRecentActivity } from './recent-activity.ts';
import { createResetLinks } from './reset-links.ts';
import { createReview } from './review.ts';
import { createSecondFactor } from './second-factor.ts';
import { createUserSignIn } from './sign-in.ts';
import { createSendContactCode } from './send-contact-code.ts';
import { createSignInNotices } from './sign-in-notices.ts';
import { createUserSessions } from './user-sessions.ts';

interface Collaborators {
  readonly hashing: PasswordHashing;
  readonly eventWindows: EventWindows;
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly directory: Directory;
  readonly policy: PolicyInForce;
  readonly screenPassword: ScreenPassword;
  readonly notifications: Notifications;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly enrolment: Enrolment;
  readonly changes: OwnChanges;
  readonly texts: TextSender;
  readonly channels: Channels;
  readonly live: Live;
  readonly publicUrl: () => string;
  readonly onUnexpected: (where: string, thrown: unknown) => void;
  readonly now: () => number;
}

/** Builds the services that users use for themselves and hands them to each other. */
export function createSelfService(collaborators: Collaborators) {
  const { enrolment, notifications, policy } = collaborators;
  const choosePassword = createChoosePassword(collaborators);
  const signInNotices = createSignInNotices(collaborators);
  return {
    policy,
    enrolment,
    notifications,
    choosePassword,
    signInNotices,
    signIn: createUserSignIn(collaborators),
    secondFactor: createSecondFactor(collaborators),
    sessions: createUserSessions(collaborators),
    links: createResetLinks({ ...collaborators, choosePassword }),
    confirmPassword: createConfirmPassword(collaborators),
    requests: createPasswordRequests(collaborators),
    review: createReview(collaborators),
    activity: createRecentActivity(collaborators),
    contact: createOwnContact({ ...collaborators, sendCode: createSendContactCode(collaborators) }),
    /** Answers the waiting requests for reset links. */
    answerDue: createAnswerRequests(collaborators).answerDue,
    /** Waits for the notices to owners that are being prepared. */
    settled: signInNotices.settled,
  };
}
export type SelfService = ReturnType<typeof createSelfService>;
