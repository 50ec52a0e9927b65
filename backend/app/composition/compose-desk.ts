import { createContactProbes } from '../../accounts/search/contact-probes.ts';
import { createScimUsers } from '../../accounts/scim/users/scim-users.ts';
import { createAccountLinks } from '../../accounts/account-links.ts';
import { createAccountStates } from '../../accounts/account-states.ts';
import { createAnnouncedChanges } from '../../accounts/import/announced-changes.ts';
import { createHeldRows } from '../../accounts/import/held-rows.ts';
import { createAccountSources } from '../../accounts/sources/account-sources.ts';
import { sweepChanges } from '../../accounts/sources/source-brake.ts';
import { createSourceTokens } from '../../accounts/sources/source-tokens.ts';
import { createFeeds } from '../../accounts/feeds/feeds.ts';
import { createImports } from '../../accounts/import/imports.ts';
import { createDirectoryTasks } from '../../casework/directory-tasks/run-directory-tasks.ts';
import { createReports } from '../../casework/reports/reports.ts';
import { createRequiredResetServices } from '../../casework/required-resets/create-required-reset-services.ts';
import { createMailComposer } from '../../messaging/mail/mail-composer.ts';
import { createTemplates } from '../../messaging/mail/templates/templates.ts';
import { createNotifications } from '../../messaging/notifications/notifications.ts';
import { deskZone } from '../../policy/desk-zone.ts';
import { settleUnknownTexts } from '../../messaging/text-messages/settle-unknown-texts.ts';
import { createChangeMails } from '../../protected-changes/change-mails.ts';
import { createOperatorServices } from '../../operators/create-operator-services.ts';
import type { Transaction } from '../../store/store.ts';
import { createEventWindows } from '../../store/event-windows.ts';
import { createRefusedTokens } from '../../operators/refused-tokens.ts';
import { createSelfService } from '../../self-service/create-self-service.ts';
import { createAuditServices } from './audit-services.ts';
import { createCasework } from './casework.ts';
import type { Foundation } from './foundation.ts';

export type Desk = ReturnType<typeof composeDesk>;

/** Builds every service of a desk and hands them to each other. It is the only composition, for the real desk and for each drill's. */
export function composeDesk(foundation: Foundation) {
  const { store, mailer, hashing, now } = foundation;
  const templates = createTemplates({ store, now });
  const mailComposer = createMailComposer({ ...foundation, templates });
  const notifications = createNotifications({ ...foundation, mailComposer });
  const refreshAccount = (accountId: string) => feeds.refresh(accountId);
  const eventWindows = createEventWindows(foundation);
  const casework = createCasework({
    ...foundation,
    mailComposer,
    notifications,
    eventWindows,
    refreshAccount,
  });
  const operators = createOperatorServices({ ...foundation, mailComposer, eventWindows });
  const selfService = createSelfService({
    ...foundation,
    hashing: hashing.pages,
    eventWindows,
    mailComposer,
    notifications,
    enrolment: casework.enrolment,
    changes: casework.changes,
  });
  const reports = createReports({ ...foundation, links: operators.links });
  const audit = createAuditServices({ ...foundation, key: foundation.auditKey });
  const refusedTokens = createRefusedTokens(foundation);
  const imports = createImports({
    store,
    policy: foundation.policy,
    contactsChanged: notifications.contactsChanged,
    zone: async () => deskZone((await foundation.policy.current()).document.deskContact),
    endAccess: casework.endAccess,
    onFault: (error) => {
      foundation.onUnexpected('import', error);
    },
    now,
  });
  const changeMails = createChangeMails({ mailer, mailComposer });
  /** Mails the administrators that many changes by an account source wait for their decision. */
  const changesHeld = async (tx: Transaction, { name }: { readonly name: string }) =>
    changeMails.tell(tx, 'source-changes-held', await changeMails.readers(tx), { what: name });
  const feeds = createFeeds({
    ...foundation,
    contactsChanged: notifications.contactsChanged,
    endAccess: casework.endAccess,
    changesHeld: async (tx, { name }) =>
      changeMails.tell(tx, 'directory-changes-held', await changeMails.readers(tx), { what: name }),
    closuresHeld: async (tx, { name }) =>
      changeMails.tell(tx, 'directory-closures-held', await changeMails.readers(tx), { what: name }),
  });
  return {
    templates,
    mailComposer,
    imports,
    heldRows: createHeldRows({
      store,
      policy: foundation.policy,
      contactsChanged: notifications.contactsChanged,
      endAccess: casework.endAccess,
      now,
    }),
    announcedChanges: createAnnouncedChanges({ store, now }),
    accountLinks: createAccountLinks(foundation),
    accountStates: createAccountStates({ ...foundation, endAccess: casework.endAccess }),
    casework,
    operators,
    selfService,
    feeds,
    changesHeld,
    sources: createAccountSources(foundation),
    sourceTokens: createSourceTokens(foundation),
    scimUsers: createScimUsers({
      ...foundation,
      contactsChanged: notifications.contactsChanged,
      endAccess: casework.endAccess,
      changesHeld,
    }),
    directoryTasks: createDirectoryTasks({ ...foundation, notifications }),
    required: createRequiredResetServices({ ...foundation, mailComposer }),
    reports,
    audit,
    refusedTokens,
    eventWindows,
    contactProbes: createContactProbes({ eventWindows, now }),
    /** Tasks that end things whose time is over, by name. They run one after the other. */
    sweeps: {
      pendingSecrets: () => {
        casework.secrets.sweep();
        return Promise.resolve();
      },
      resets: () => casework.resets.settleUnfinished(),
      checks: casework.checks.sweepExpired,
      cases: casework.cases.sweepExpired,
      approvals: casework.approvals.sweepLapsed,
      alerts: casework.alerts.sweepLapsed,
      notMeLinks: casework.freezes.sweep,
      reportLinks: reports.sweep,
      heldChanges: casework.held.sweep,
      imports: imports.sweep,
      sourceChanges: () => sweepChanges(store, now()),
      unknownTexts: () => settleUnknownTexts(store, now),
      refusedTokens: refusedTokens.sweep,
      eventWindows: eventWindows.sweep,
      auditChain: () => {
        audit.sweep();
        return Promise.resolve();
      },
    },
    /** Waits for running work and signs the end of the audit log. The caller closes the foundation afterwards. */
    stop: async () => {
      await imports.stop();
      await selfService.settled();
      await mailer.settled();
      await refusedTokens.settle();
      await eventWindows.settle();
      await audit.stop();
    },
  };
}
