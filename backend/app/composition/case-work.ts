import { createAlerts } from '../../casework/alert/alerts.ts';
import { createApprovals } from '../../casework/approvals/approvals.ts';
import { createCaseViews } from '../../casework/cases/case-view.ts';
import { createCases } from '../../casework/cases/cases.ts';
import { createPhrases } from '../../casework/cases/phrases.ts';
import { createCaseContextReader } from '../../casework/decision/case-context.ts';
import { createEnrolment } from '../../credentials/enrolment/enrolment.ts';
import { createFreezes } from '../../casework/freezes/freezes.ts';
import { createGrants } from '../../casework/grants/mint-grant.ts';
import { createApplyChange } from '../../credentials/own-changes/apply-change.ts';
import { createHeldChanges } from '../../credentials/own-changes/held-changes.ts';
import { createOwnChanges } from '../../credentials/own-changes/own-changes.ts';
import { createPendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { createResets } from '../../casework/resets/resets.ts';
import { createAllChecks } from '../../casework/verification/all-checks.ts';
import { createCheckViews } from '../../casework/verification/check-views.ts';
import { createChecks } from '../../casework/verification/checks.ts';
import { expireUndelivered } from '../../casework/verification/expire-undelivered.ts';
import { recordRefusedChecks } from '../../casework/verification/record-refused-checks.ts';
import type { Foundation } from './foundation.ts';
import type { Messages } from './messages.ts';

export type CaseWork = ReturnType<typeof createCaseWork>;

/** One reset's way, in its order: case, checks, approval, grant, reset; and what can stop it, the alert and the freeze. */
export function createCaseWork(foundation: Foundation, messages: Messages) {
  const { store, directory, policy, live, keyed, sealed, publicUrl, now } = foundation;
  const { mailer, mailComposer, texts, deliversExternally, notifications } = messages;
  const secrets = createPendingSecrets(now);
  const alerts = createAlerts({ store, policy, live, now });
  const freezes = createFreezes({ store, directory, keyed, secrets, notifications, live, now });
  const changing = {
    store,
    policy,
    sealed,
    notifications,
    live,
    applyChange: createApplyChange({ notifications, sealed }),
    now,
  };
  const changes = createOwnChanges(changing);
  const enrolment = createEnrolment({ store, sealed, keyed, changes, notifications, now });
  const registry = createAllChecks({
    mailer,
    mailComposer,
    texts: texts.sender,
    keyed,
    enrolment,
    publicUrl,
  });
  expireUndelivered(mailer, now);
  const context = createCaseContextReader({ store, directory, policy, alerts, registry, keyed, now });
  const checkViews = createCheckViews({ store, registry });
  return {
    secrets,
    alerts,
    freezes,
    enrolment,
    changes,
    held: createHeldChanges(changing),
    registry,
    context,
    cases: createCases({ store, context, directory, policy, notifications, live, now }),
    phrases: createPhrases({ store, context, mailer, mailComposer, now }),
    checks: recordRefusedChecks(createChecks({ store, context, registry, keyed, now }), store),
    views: createCaseViews({ store, context, directory, secrets, checkViews }),
    approvals: createApprovals({
      store,
      context,
      policy,
      circumstances: (session) => ({ session, directory, held: secrets.has }),
      live,
      now,
    }),
    grants: createGrants({ store, context, directory, secrets, now }),
    resets: createResets({
      store,
      context,
      alerts,
      directory,
      mailer,
      mailComposer,
      texts: texts.sender,
      deliversExternally,
      notifications,
      hashing: foundation.hashing.desk,
      secrets,
      policy,
      keyed,
      publicUrl,
      now,
    }),
  };
}
