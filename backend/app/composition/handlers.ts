import { createAccounts } from '../../accounts/accounts.ts';
import { createApprovalRows } from '../../casework/approvals/approval-rows.ts';
import { createCaseRows } from '../../casework/cases/case-rows.ts';
import type { EndpointAccess } from '../../authorization/endpoint-access.ts';
import type { ProtectedChanges } from '../../protected-changes/protected-changes-port.ts';
import type { Drills } from '../../drill/drills.ts';
import { createFlags } from '../../casework/flags/flags.ts';
import { createAccountHandlers } from '../../web/http/account-handlers.ts';
import { createAccountSourceHandlers } from '../../web/http/account-source-handlers.ts';
import { createAuditHandlers } from '../../web/http/audit-handlers.ts';
import { createCaseHandlers } from '../../web/http/case-handlers.ts';
import { createDirectoryHandlers } from '../../web/http/directory-handlers.ts';
import { createDirectorySignInHandlers } from '../../web/http/directory-sign-in-handlers.ts';
import { createDrillHandlers } from '../../drill/drill-handlers.ts';
import { createFourEyesHandlers } from '../../web/http/four-eyes-handlers.ts';
import { createFreezeHandlers } from '../../web/http/freeze-handlers.ts';
import { createIdentityHandlers } from '../../web/http/identity-handlers.ts';
import { createImportHandlers } from '../../web/http/import-handlers.ts';
import { createMailTemplateHandlers } from '../../web/http/mail-template-handlers.ts';
import { createMailHandlers } from '../../web/http/mail-handlers.ts';
import { createOperatorHandlers } from '../../web/http/operator-handlers.ts';
import { createOwnAccountHandlers } from '../../web/http/own-account-handlers.ts';
import { createPasswordCheckHandlers } from '../../web/http/password-check-handlers.ts';
import { createPolicyHandlers } from '../../web/http/policy-handlers.ts';
import { createProtectedChangeHandlers } from '../../web/http/protected-change-handlers.ts';
import { createProviderHandlers } from '../../web/http/provider-handlers.ts';
import { createRequiredResetHandlers } from '../../web/http/required-reset-handlers.ts';
import { createResetHandlers } from '../../web/http/reset-handlers.ts';
import type { ServerNotices } from '../../web/http/server-notices.ts';
import { createSessionHandlers } from '../../web/http/session-handlers.ts';
import { createSignInMethodHandlers } from '../../web/http/sign-in-method-handlers.ts';
import { createTextHandlers } from '../../web/http/text-handlers.ts';
import { createLogoHandlers } from '../../web/http/logo-handlers.ts';
import { createTrustHandlers } from '../../web/http/trust-handlers.ts';

import { joinHandlers, type AllHandlers } from '../../web/http/handler.ts';
import type { Desk } from './compose-desk.ts';
import type { Foundation, ServerFoundation } from './foundation.ts';
import { createServerStatus } from './server-status.ts';

/** What a case's screen calls: accounts, cases with their checks and grants, four eyes, and resets. */
export function createDeskHandlers(
  { store, directory, policy, channels, search, now }: Foundation,
  { casework, contactProbes }: Pick<Desk, 'casework' | 'contactProbes'>,
) {
  const { secrets } = casework;
  return joinHandlers(
    createAccountHandlers({
      accounts: createAccounts({ store, directory, policy, now }),
      cases: casework.cases,
      search,
      contactProbes,
      policy,
    }),
    createCaseHandlers({
      ...casework,
      rows: createCaseRows({ store, policy, secrets, channels, countAccounts: () => search.count(), now }),
    }),
    createFourEyesHandlers({
      ...casework,
      rows: createApprovalRows({ store, now }),
      flags: createFlags({ store, policy, now }),
    }),
    createResetHandlers(casework.resets),
  );
}

interface Besides {
  readonly drills: Drills;
  readonly notices: ServerNotices;
  readonly protectedChanges: ProtectedChanges;
  readonly access: EndpointAccess;
}

/** The handlers of the whole Reset API, one group for each resource. */
export function createHandlers(
  foundation: ServerFoundation,
  desk: Desk,
  { drills, notices, protectedChanges, access }: Besides,
): AllHandlers {
  const { store, policy, live, publicUrl, updateFeed, version, mode, setupCode, now } = foundation;
  const { operators, templates } = desk;
  const operatorHandling = { ...operators, sessions: operators.sessionList };
  const handlers: AllHandlers = joinHandlers(
    createSessionHandlers({ ...operators, setupCode, about: { version, mode, publicUrl, updateFeed }, now }),
    createOperatorHandlers(operatorHandling),
    createProviderHandlers({ ...operators, publicUrl }),
    createDirectorySignInHandlers(operators),
    createOwnAccountHandlers(operatorHandling),
    createPolicyHandlers(policy, live, store),
    createPasswordCheckHandlers(policy),
    createImportHandlers({ imports: desk.imports }),
    createIdentityHandlers(desk),
    createDirectoryHandlers({ settings: foundation.directorySettings, read: desk.feeds.readAgain }),
    createAccountSourceHandlers(desk),
    createTextHandlers(foundation.textServices),
    createTrustHandlers(foundation.trustSettings, () => desk.audit.streams.wake()),
    createLogoHandlers(foundation.logo),
    { listServerNotices: async () => ({ notices: [...notices.list()] }) },
    { getServerStatus: createServerStatus(foundation) },
    createMailHandlers({ ...foundation.mail, publicUrl }),
    createMailTemplateHandlers({ ...foundation, templates }),
    createFreezeHandlers(desk.casework.freezes),
    createRequiredResetHandlers({ ...foundation, ...desk.required, templates }),
    createDeskHandlers(foundation, desk),
    createSignInMethodHandlers(desk.casework),
    createAuditHandlers(desk.audit),
    createDrillHandlers(drills),
    createProtectedChangeHandlers({ protectedChanges, access, handlers: () => handlers }),
  );
  return handlers;
}
