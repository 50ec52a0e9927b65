import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { createAlerts } from '../../casework/alert/alerts.ts';
import { createApprovals } from '../../casework/approvals/approvals.ts';
import { createCaseViews } from '../../casework/cases/case-view.ts';
import { createCases } from '../../casework/cases/cases.ts';
import { createPhrases } from '../../casework/cases/phrases.ts';
import { createCaseContextReader } from '../../casework/decision/read-case-context.ts';
import { createFreezes } from '../../casework/freezes/freezes.ts';
import { createCaseSignInMethods } from '../../casework/sign-in-methods/sign-in-methods.ts';
import { createUnlocks } from '../../casework/unlocks/unlock-account.ts';
import { createGrants } from '../../casework/grants/mint-grant.ts';
import { createResets } from '../../casework/resets/resets.ts';
import { createAllChecks } from '../../casework/verification/all-checks.ts';
import { createCheckViews } from '../../casework/verification/check-views.ts';
import { createChecks } from '../../casework/verification/checks.ts';
import { expireUndelivered } from '../../casework/verification/expire-checks.ts';
import { createManagersAnswers } from '../../casework/verification/managers-answers.ts';
import { recordRefusedChecks } from '../../casework/verification/record-refused-checks.ts';
import { createEnrolment } from '../../credentials/enrolment/enrolment.ts';
import { endAccess } from '../../casework/freezes/end-access.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { createApplyChange } from '../../credentials/own-changes/apply-change.ts';
import { createHeldChanges } from '../../credentials/own-changes/held-changes.ts';
import { createOwnChanges } from '../../credentials/own-changes/own-changes.ts';
import type { MailComposer } from '../../messaging/mail/mail-composer.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { Foundation } from './foundation.ts';

interface Collaborators extends Foundation {
  readonly mailComposer: MailComposer;
  readonly notifications: Notifications;
  readonly eventWindows: EventWindows;
  readonly refreshAccount: (accountId: string) => Promise<boolean>;
}

/** The services of a case in its order: case, checks, approval, grant, reset; and what can stop it, the alert and the freeze. */
export function createCasework(collaborators: Collaborators) {
  const { store, policy, directory, live, keyed, sealed, mailer, notifications, now } = collaborators;
  const secrets: PendingSecrets = createExpiringMap(now, (secret) => secret.wipe());
  const alerts = createAlerts({ store, policy, live, now });
  const applyChange = createApplyChange({ policy, notifications, sealed });
  const changes = createOwnChanges({ ...collaborators, applyChange });
  const enrolment = createEnrolment({ store, sealed, keyed, changes, notifications, now });
  const registry = createAllChecks({ ...collaborators, enrolment });
  expireUndelivered(mailer, now);
  const contexts = createCaseContextReader({ ...collaborators, alerts, registry, secrets });
  const checkViews = createCheckViews({ store, registry });
  return {
    secrets,
    alerts,
    freezes: createFreezes({ ...collaborators, secrets }),
    /** Ends everything that gives access to an account that is closed or disabled. */
    endAccess: async (tx: Transaction, record: RecordEvent, accountId: string) => {
      const ended = await endAccess(tx, record, directory, { accountId, at: now(), why: 'closed' });
      for (const resetId of ended.resetIds) secrets.delete(resetId);
    },
    enrolment,
    changes,
    held: createHeldChanges({ ...collaborators, applyChange }),
    cases: createCases({ ...collaborators, contexts }),
    phrases: createPhrases({ ...collaborators, contexts }),
    checks: recordRefusedChecks(createChecks({ store, contexts, registry, keyed, now }), store),
    managersAnswers: createManagersAnswers({ ...collaborators, registry }),
    views: createCaseViews({ ...collaborators, contexts, checkViews }),
    approvals: createApprovals({ ...collaborators, contexts }),
    grants: createGrants({ store, contexts, now }),
    unlocks: createUnlocks({ ...collaborators, contexts }),
    signInMethods: createCaseSignInMethods({ ...collaborators, contexts }),
    resets: createResets({
      ...collaborators,
      contexts,
      alerts,
      secrets,
      hashing: collaborators.hashing.desk,
    }),
  };
}
