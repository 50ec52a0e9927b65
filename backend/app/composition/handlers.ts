import type { Secret } from '../../../shared/secret/secret.ts';
import { createAccounts } from '../../accounts/accounts.ts';
import type { Imports } from '../../accounts/import/imports.ts';
import { createApprovalRows } from '../../casework/approvals/approval-rows.ts';
import type { createAuditServices } from './audit-services.ts';
import { createCaseRows } from '../../casework/cases/case-rows.ts';
import type { Drills } from '../../drill/drills.ts';
import { createFlags } from '../../casework/flags/flags.ts';
import { createAccountHandlers } from '../../web/http/account-handlers.ts';
import { createAuditHandlers } from '../../web/http/audit-handlers.ts';
import { createCaseHandlers } from '../../web/http/case-handlers.ts';
import { createDrillHandlers } from '../../drill/drill-handlers.ts';
import { createFourEyesHandlers } from '../../web/http/four-eyes-handlers.ts';
import { createFreezeHandlers } from '../../web/http/freeze-handlers.ts';
import { createImportHandlers } from '../../web/http/import-handlers.ts';
import { createMailTemplateHandlers } from '../../web/http/mail-template-handlers.ts';
import { createMailHandlers } from '../../web/http/mail-handlers.ts';
import { createOperatorHandlers } from '../../web/http/operator-handlers.ts';
import { createOwnAccountHandlers } from '../../web/http/own-account-handlers.ts';
import { createPasswordCheckHandlers } from '../../web/http/password-check-handlers.ts';
import { createPolicyHandlers } from '../../web/http/policy-handlers.ts';
import { createProviderHandlers } from '../../web/http/provider-handlers.ts';
import { createRequiredResetHandlers } from '../../web/http/required-reset-handlers.ts';
import { createResetHandlers } from '../../web/http/reset-handlers.ts';
import { createSessionHandlers } from '../../web/http/session-handlers.ts';
import { createTextHandlers } from '../../web/http/text-handlers.ts';
import { joinHandlers, type AllHandlers } from '../../web/http/handler.ts';
import type { createOperatorServices } from '../../operators/create-operator-services.ts';
import type { createRequiredResetServices } from '../../casework/required-resets/create-required-reset-services.ts';
import type { CaseWork } from './case-work.ts';
import type { Foundation } from './foundation.ts';
import type { Messages } from './messages.ts';

interface Parts {
  readonly foundation: Foundation;
  readonly messages: Messages;
  readonly desk: ReturnType<typeof createOperatorServices>;
  readonly work: CaseWork;
  readonly imports: Imports;
  readonly required: ReturnType<typeof createRequiredResetServices>;
  readonly audit: ReturnType<typeof createAuditServices>;
  readonly drills: Drills;
  readonly setupCode: Secret;
}

/** The handlers of the whole Reset API, one group for each resource. */
export function createHandlers(parts: Parts): AllHandlers {
  const { foundation, messages, desk, work, imports, required, audit, drills, setupCode } = parts;
  const { store, policy, directory, search, live, publicUrl, version, mode, now } = foundation;
  const { mail, mailer, templates, texts } = messages;
  const { cases, checks, grants, views, phrases, secrets, approvals, alerts } = work;
  const ofOperators = { ...desk, sessions: desk.sessionList };
  return joinHandlers(
    createSessionHandlers({ ...desk, setupCode, about: { version, mode, publicUrl }, now }),
    createOperatorHandlers(ofOperators),
    createProviderHandlers(desk),
    createOwnAccountHandlers(ofOperators),
    createPolicyHandlers(policy, live, store),
    createPasswordCheckHandlers(policy),
    createAccountHandlers({
      accounts: createAccounts({ store, directory, policy, now }),
      search,
      policy,
    }),
    createImportHandlers({ imports }),
    createTextHandlers(texts),
    createMailHandlers(mail),
    createMailTemplateHandlers({ templates, mailer, policy, publicUrl, now }),
    createFreezeHandlers(work.freezes),
    createRequiredResetHandlers({ ...required, templates, policy, publicUrl, now }),
    createCaseHandlers({
      cases,
      views,
      phrases,
      rows: createCaseRows({ store, policy, secrets, countAccounts: () => search.count(), now }),
      checks,
      grants,
    }),
    createFourEyesHandlers({
      approvals,
      rows: createApprovalRows({ store, now }),
      views,
      flags: createFlags({ store, now }),
      alerts,
      held: work.held,
    }),
    createResetHandlers(work.resets),
    createAuditHandlers(audit),
    createDrillHandlers(drills),
  );
}
