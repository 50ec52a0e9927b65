import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { accountsTexts } from './en/accounts.ts';
import { auditTexts } from './en/audit.ts';
import { caseTexts } from './en/case.ts';
import { casesTexts } from './en/cases.ts';
import { deskTexts } from './en/desk.ts';
import { directoriesTexts } from './en/directories.ts';
import { drillTexts } from './en/drill.ts';
import { entranceTexts } from './en/entrance.ts';
import { failureTexts } from './en/failures.ts';
import { handoverTexts } from './en/handover.ts';
import { helpTexts } from './en/help.ts';
import { importTexts } from './en/import.ts';
import { managedTexts } from './en/managed.ts';
import { operatorsTexts } from './en/operators.ts';
import { outboxTexts } from './en/outbox.ts';
import { policyTexts } from './en/policy.ts';
import { proofTexts } from './en/proof.ts';
import { protectedChangesTexts } from './en/protected-changes.ts';
import { secondFactorTexts } from './en/second-factor.ts';
import { queueTexts } from './en/queue.ts';
import { requiredResetsTexts } from './en/required-resets.ts';
import { searchTexts } from './en/search.ts';
import { settingsTexts } from './en/settings.ts';
import { shellTexts } from './en/shell.ts';
import { sourcesTexts } from './en/sources.ts';
import { timelineTexts } from './en/timeline.ts';

/** Sets up i18next with every text of the console, by language. */
export const setUpTexts = () =>
  i18next.use(initReactI18next).init({
    lng: 'en',
    // React escapes texts itself.
    interpolation: { escapeValue: false },
    resources: {
      en: {
        translation: {
          accounts: accountsTexts,
          audit: auditTexts,
          case: caseTexts,
          cases: casesTexts,
          desk: deskTexts,
          directories: directoriesTexts,
          drill: drillTexts,
          entrance: entranceTexts,
          failures: failureTexts,
          handover: handoverTexts,
          help: helpTexts,
          import: importTexts,
          managed: managedTexts,
          operators: operatorsTexts,
          outbox: outboxTexts,
          policy: policyTexts,
          proof: proofTexts,
          protectedChanges: protectedChangesTexts,
          queue: queueTexts,
          requiredResets: requiredResetsTexts,
          search: searchTexts,
          secondFactor: secondFactorTexts,
          settings: settingsTexts,
          sources: sourcesTexts,
          shell: shellTexts,
          timeline: timelineTexts,
        },
      },
    },
  });
