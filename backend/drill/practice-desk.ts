import { randomBytes } from 'node:crypto';
import type { PractisedName } from '../../shared/api/practised.ts';
import { createAccounts } from '../accounts/accounts.ts';
import { createImports } from '../accounts/import/imports.ts';
import { createAccountSearch } from '../accounts/search/account-search.ts';
import { searchIndexOn } from '../accounts/search/sqlite-search-index.ts';
import { createAlerts } from '../casework/alert/alerts.ts';
import { createApprovals } from '../casework/approvals/approvals.ts';
import { systemOrigin } from '../store/append-event.ts';
import { createCaseRows } from '../casework/cases/case-rows.ts';
import { createCaseViews } from '../casework/cases/case-view.ts';
import { createCases } from '../casework/cases/cases.ts';
import { createPhrases } from '../casework/cases/phrases.ts';
import { createCaseContextReader } from '../casework/decision/case-context.ts';
import { createBuiltInDirectory } from '../directories/built-in/built-in-directory.ts';
import { createEnrolment } from '../credentials/enrolment/enrolment.ts';
import { createGrants } from '../casework/grants/mint-grant.ts';
import { createAccountHandlers } from '../web/http/account-handlers.ts';
import { createCaseHandlers } from '../web/http/case-handlers.ts';
import type { AllHandlers } from '../web/http/handler.ts';
import { createResetHandlers } from '../web/http/reset-handlers.ts';
import { createLive } from '../live/live.ts';
import { createMailComposer } from '../messaging/mail/mail-composer.ts';
import { createTemplates } from '../messaging/mail/templates/templates.ts';
import { createNotifications } from '../messaging/notifications/notifications.ts';
import type { PolicyVersion } from '../policy/policy-in-force.ts';
import { createApplyChange } from '../credentials/own-changes/apply-change.ts';
import { createOwnChanges } from '../credentials/own-changes/own-changes.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import { createPendingSecrets } from '../passwords/temporary-passwords/pending-secrets.ts';
import { createResets } from '../casework/resets/resets.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { openSqliteInMemory } from '../store/open-sqlite.ts';
import { createSealed } from '../store/sealed.ts';
import { createStore, type Store } from '../store/store.ts';
import { createAllChecks } from '../casework/verification/all-checks.ts';
import { createCheckViews } from '../casework/verification/check-views.ts';
import { createChecks } from '../casework/verification/checks.ts';
import { createManagersAnswers } from '../casework/verification/managers-answers.ts';
import { recordRefusedChecks } from '../casework/verification/record-refused-checks.ts';
import { captureMail } from './captured-mail.ts';
import { createDrillObserver, type DrillObserver } from './drill-observer.ts';
import { approverSession } from './invented-staff.ts';
import { judgeEvidence, type Judgement } from './judge-evidence.ts';

/** What an approver says to a reset of this account. */
type Judge = (accountId: string) => Promise<Judgement>;

/** A desk like the real one, with its own accounts, and nothing of the real one within its reach. */
export interface PracticeDesk {
  readonly store: Store;
  readonly handlers: Pick<AllHandlers, PractisedName>;
  readonly eavesdropper: DrillObserver;
  /** Lets the invented approver judge so from now on; nobody gets a yes before. */
  approveBy(judge: Judge): void;
  /** Looks for what has run out. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

interface Collaborators {
  readonly hashing: PasswordHashing;
  /** The real desk's policy as it was at the beginning. */
  readonly policy: PolicyVersion;
  readonly now: () => number;
}

/** Where links in captured mails lead: nowhere. */
const publicUrl = () => 'https://drill.example.com';

/**
 * Builds the services of a desk a second time, from the same code, on a database in memory with the sample accounts, a key that nobody keeps,
 * mails that stay where they are, and live events that nobody hears.
 */
export async function openPracticeDesk(collaborators: Collaborators): Promise<PracticeDesk> {
  const { now } = collaborators;
  const key = randomBytes(32);
  const keyed = createKeyedHash(key);
  const sealed = createSealed(key);
  const { db, connection } = await openSqliteInMemory();
  const store = createStore(db, now);
  const policy = { current: () => Promise.resolve(collaborators.policy) };
  const live = createLive();
  const directory = createBuiltInDirectory({ store, now });
  await createImports({ store, now }).samples(systemOrigin);
  const search = createAccountSearch({ index: searchIndexOn(connection), now });
  const { mailer, texts, read } = captureMail(store, now);
  const mailComposer = createMailComposer({
    store,
    templates: createTemplates({ store, now }),
    policy,
    keyed,
    publicUrl,
    now,
  });
  const notifications = createNotifications({ store, mailer, mailComposer, policy, now });
  const alerts = createAlerts({ store, policy, live, now });
  const applyChange = createApplyChange({ notifications, sealed });
  const changes = createOwnChanges({ store, policy, sealed, applyChange, notifications, live, now });
  const enrolment = createEnrolment({ store, sealed, keyed, changes, notifications, now });
  const registry = createAllChecks({ mailer, mailComposer, texts, keyed, enrolment, publicUrl });
  const secrets = createPendingSecrets(now);
  const context = createCaseContextReader({ store, directory, policy, alerts, registry, keyed, now });
  const cases = createCases({ store, context, directory, policy, notifications, live, now });
  const checks = recordRefusedChecks(createChecks({ store, context, registry, keyed, now }), store);
  const checkViews = createCheckViews({ store, registry });
  const views = createCaseViews({ store, context, directory, secrets, checkViews });
  const approvals = createApprovals({
    store,
    context,
    policy,
    circumstances: (session) => ({ session, directory, held: secrets.has }),
    live,
    now,
  });
  const resets = createResets({
    store,
    context,
    alerts,
    directory,
    mailer,
    mailComposer,
    texts,
    deliversExternally: () => Promise.resolve({ mail: true, text: true }),
    notifications,
    hashing: collaborators.hashing,
    secrets,
    policy,
    keyed,
    publicUrl,
    now,
  });

  let judge: Judge = () =>
    Promise.resolve(judgeEvidence(null, { accountId: '', passed: [], asked: new Set() }));
  /** The invented approver answers at once: what is practised is what one asks for. */
  const answerNewest = async (caseId: string) => {
    const { id, account_id } = await store.db
      .selectFrom('approvals')
      .select(['id', 'account_id'])
      .where('case_id', '=', caseId)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    await approvals.decide(id, await judge(account_id), approverSession(now()), systemOrigin);
  };

  return {
    store,
    approveBy: (by) => {
      judge = by;
    },
    eavesdropper: createDrillObserver({
      store,
      keyed,
      read,
      managersAnswers: createManagersAnswers({ store, directory, policy, registry, keyed, live, now }),
      now,
    }),
    handlers: {
      ...createAccountHandlers({
        accounts: createAccounts({ store, directory, policy, now }),
        search,
        policy,
      }),
      ...createCaseHandlers({
        cases,
        views,
        phrases: createPhrases({ store, context, mailer, mailComposer, now }),
        rows: createCaseRows({ store, policy, secrets, countAccounts: () => search.count(), now }),
        checks,
        grants: createGrants({ store, context, directory, secrets, now }),
      }),
      ...createResetHandlers(resets),
      askApproval: async ({ params: { caseId }, body, session, origin }) => {
        await approvals.ask(caseId, body, session, origin);
        await answerNewest(caseId);
        return views.view(caseId, session);
      },
    },
    sweep: async () => {
      secrets.sweep();
      await checks.sweepExpired();
      await cases.sweepExpired();
      await approvals.sweepLapsed();
    },
    close: async () => {
      await store.close();
    },
  };
}
