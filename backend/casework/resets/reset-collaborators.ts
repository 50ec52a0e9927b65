import type { ResetAction } from '../../../shared/api/case.ts';
import type { ResetView } from '../../../shared/api/reset.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { AlertReader } from '../alert/read-alerts.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import type { Directory } from '../../directories/directory.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { PasswordHashing } from '../../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';
import type { TextSender } from '../../messaging/text-messages/text-sender.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { DeliveryWish } from './plan-delivery.ts';

/** An operator's request. A request with the same `key` is the same reset. */
export interface ResetRequest extends DeliveryWish {
  readonly caseId: string;
  readonly grantId: string;
  readonly action: ResetAction;
  readonly key: string;
  /** The unused reset of the case that this one replaces; it is revoked in the same transaction. */
  readonly insteadOf?: string | undefined;
}

/** A reset and, once, the part of its secret that the operator may see. */
export interface ResetAnswer {
  readonly reset: ResetView;
  readonly temporaryPassword: Secret | null;
}

/** The collaborators of resets. */
export interface ResetCollaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly alerts: AlertReader;
  readonly directory: Directory;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly texts: TextSender;
  readonly channels: Channels;
  readonly notifications: Notifications;
  readonly hashing: PasswordHashing;
  readonly secrets: PendingSecrets;
  readonly policy: PolicyInForce;
  readonly keyed: KeyedHash;
  readonly publicUrl: () => string;
  readonly now: () => number;
}
