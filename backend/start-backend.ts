import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAlerts } from './alert/alerts.ts';
import { createApprovalRows } from './approvals/approval-rows.ts';
import { createApprovals } from './approvals/approvals.ts';
import { createDrills } from './drill/drills.ts';
import { createFlags } from './flags/flags.ts';
import { createPhrases } from './cases/phrases.ts';
import { createDrillHandlers, createPractisedHandlers } from './http/drills.ts';
import { createFourEyesHandlers } from './http/four-eyes.ts';
import { createAccounts } from './accounts/accounts.ts';
import { createAuditKey } from './audit/audit-key.ts';
import { createAuditServices } from './audit/audit-services.ts';
import { createImports } from './accounts/import/imports.ts';
import { createAccountSearch } from './accounts/search/account-search.ts';
import { openDatabase } from './configuration/open-database.ts';
import { openBreachedPasswords } from './breached-passwords/open-breached-passwords.ts';
import { createScreenPassword } from './breached-passwords/screen-password.ts';
import { openSecretKey } from './configuration/secret-key.ts';
import { createBuiltInDirectory } from './directory/built-in/built-in-directory.ts';
import { createAccountHandlers } from './http/accounts.ts';
import { createAuditHandlers } from './http/audit.ts';
import { createImportHandlers } from './http/imports.ts';
import { createFindManager } from './notifications/find-manager.ts';
import { createFreezes } from './freezes/freezes.ts';
import { createFreezeHandlers } from './http/freezes.ts';
import { createMailTemplateHandlers } from './http/mail-templates.ts';
import { createMailHandlers } from './http/mail.ts';
import { createPasswordCheckHandlers } from './http/password-checks.ts';
import { createPolicyHandlers } from './http/policy.ts';
import { createServer } from './http/server.ts';
import { createRequiredResetHandlers } from './http/required-resets.ts';
import { createSessionHandlers } from './http/session.ts';
import { createLive } from './live/live.ts';
import { createMailServices } from './mail/create-mail-services.ts';
import type { StoredMailSettings } from './mail/mail-settings.ts';
import { readFileSync } from 'node:fs';
import { createCaseRows } from './cases/case-rows.ts';
import { createCaseViews } from './cases/case-view.ts';
import { createCases } from './cases/cases.ts';
import { createStandingReader } from './cases/standing.ts';
import { createGrants } from './grants/mint-grant.ts';
import { createCaseHandlers } from './http/cases.ts';
import { createResetHandlers } from './http/resets.ts';
import { createNotifications } from './notifications/notify-owner.ts';
import { registerInvitation } from './pages/invitation/register-invitation.ts';
import { registerNotMe } from './pages/not-me/register-not-me.ts';
import { createHashingQueue } from './password-hashing/hashing-queue.ts';
import { createSelfService } from './self-service/create-self-service.ts';
import { registerPages } from './pages/register-pages.ts';
import { createPendingSecrets } from './resets/pending-secrets.ts';
import { createRequiredResetServices } from './required-resets/create-required-reset-services.ts';
import { requirementOf } from './required-resets/requirement.ts';
import { createResets } from './resets/resets.ts';
import { createAllChecks } from './verification/all-checks.ts';
import { createManagersAnswers } from './verification/managers-answers.ts';
import { createEnrolment } from './enrolment/enrolment.ts';
import { createTextHandlers } from './http/texts.ts';
import { createTextServices } from './text-messages/create-text-services.ts';
import { registerManagersWord } from './pages/managers-word/register-managers-word.ts';
import { createCheckViews } from './verification/check-views.ts';
import { recordRefusedChecks } from './verification/record-refused-checks.ts';
import { createChecks } from './verification/checks.ts';
import { expireUndelivered } from './verification/expire-undelivered.ts';
import { createOperatorHandlers } from './http/operators.ts';
import { createProviderHandlers } from './http/provider.ts';
import { createOwnAccountHandlers } from './http/own-account.ts';
import { createOperatorServices } from './operators/create-operator-services.ts';
import { createPolicy } from './policy/policy.ts';
import { createKeyedHash } from './store/keyed-hash.ts';
import { createSealed } from './store/sealed.ts';
import type { PostgresqlSettings } from './store/open-postgresql.ts';

export interface Configuration {
  readonly dataFolder: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly mode: 'embedded' | 'server';
  readonly version: string;
  /** Where users reach the pages; by default the address that is listened on. */
  readonly publicUrl?: string;
  /** Given by whoever starts the backend; made at random otherwise. */
  readonly setupCode?: string;
  /** The mail server that the environment names; goes before the stored one. */
  readonly mail?: StoredMailSettings | null;
  /** PostgreSQL; without it a SQLite file in the data folder. */
  readonly database?: PostgresqlSettings;
  /** Where breached passwords are looked up: a folder of range files, or the address of a range API. */
  readonly breachedPasswords?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The proxies whose word about the computer behind them counts, as addresses and networks; by default nobody's. */
  readonly trustProxy?: string;
  /** Calls of one computer in a minute that need no session; 60 unless said otherwise. */
  readonly strangersPerMinute?: number;
  readonly now?: () => number;
  /** Lines for the log: an event and plain facts. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

export interface RunningBackend {
  readonly port: number;
  readonly publicUrl: string;
  /** Null when there is an operator already. */
  readonly setupCode: string | null;
  /** Lets running requests end, then closes the database. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks for what has run out. */
const sweepEvery = 5000;

/** Builds every service, hands them to each other, and listens. */
export async function startBackend(configuration: Configuration): Promise<RunningBackend> {
  const { dataFolder, host, mode, version, log, now = Date.now } = configuration;
  const key = openSecretKey(dataFolder);
  const keyed = createKeyedHash(key);
  const auditKey = createAuditKey(key);
  const { store, searchIndex } = await openDatabase(configuration, now, auditKey);
  const policy = createPolicy({ store, now });
  const directory = createBuiltInDirectory({ store, now });
  const search = createAccountSearch({ index: searchIndex, now });
  const imports = createImports({
    store,
    contactsChanged: (changes) => notifications.contactsChanged(changes),
    now,
  });
  await imports.settleInterruptedImports();
  const sealed = createSealed(key);
  const live = createLive();
  let publicUrl = configuration.publicUrl ?? '';
  const mail = createMailServices({
    store,
    sealed,
    keyed,
    policy,
    live,
    dataFolder,
    fixed: configuration.mail ?? null,
    publicUrl: () => publicUrl,
    now,
  });
  const { mailer, letters, templates } = mail;
  const setupCode = configuration.setupCode ?? randomBytes(15).toString('base64url');
  const screenPassword = createScreenPassword({
    store,
    policy,
    source: openBreachedPasswords(configuration.breachedPasswords),
  });
  const desk = createOperatorServices({
    store,
    policy,
    screenPassword,
    mailer,
    keyed,
    sealed,
    live,
    publicUrl: () => publicUrl,
    now,
  });
  const { operators, sessions } = desk;
  const secrets = createPendingSecrets(now);
  const onUnexpected = (reference: string, thrown: unknown) => {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'not an error';
    log('unexpected', { reference, error });
  };
  const findManager = createFindManager({ store, search });
  const notifications = createNotifications({ store, mailer, letters, policy, findManager, onUnexpected });
  const freezes = createFreezes({ store, directory, keyed, secrets, notifications, live, now });
  expireUndelivered(mailer, now);
  const alerts = createAlerts({ store, policy, live, now });
  const enrolment = createEnrolment({ store, sealed, keyed, now });
  const texts = createTextServices({ store, sealed, outboxFolder: join(dataFolder, 'outbox'), now });
  const registry = createAllChecks({
    mailer,
    letters,
    texts: texts.sender,
    keyed,
    enrolment,
    publicUrl: () => publicUrl,
  });
  const standing = createStandingReader({ store, directory, policy, alerts, registry, keyed, now });
  const cases = createCases({ store, standing, directory, policy, notifications, live, now });
  const checks = recordRefusedChecks(createChecks({ store, standing, registry, keyed, now }), store);
  const checkViews = createCheckViews({ store, registry });
  const views = createCaseViews({ store, standing, directory, secrets, checkViews });
  const approvals = createApprovals({
    store,
    standing,
    policy,
    circumstances: (session) => ({ session, directory, held: secrets.has }),
    live,
    now,
  });
  const resets = createResets({
    store,
    standing,
    directory,
    mailer,
    letters,
    texts: texts.sender,
    leaves: async () => ({
      mail: (await mail.settings.read()).settings.transport === 'smtp',
      text: (await texts.settings.read()).settings.transport === 'gateway',
    }),
    notifications,
    secrets,
    policy,
    keyed,
    publicUrl: () => publicUrl,
    now,
  });
  await resets.settleUnfinished();
  const selfService = createSelfService({
    hashing: createHashingQueue({ atOnce: 2, mostWaiting: 100 }),
    store,
    keyed,
    sealed,
    directory,
    policy,
    screenPassword,
    notifications,
    mailer,
    letters,
    enrolment,
    publicUrl: () => publicUrl,
    onUnexpected,
    live,
    now,
  });
  const required = createRequiredResetServices({
    store,
    policy,
    mailer,
    letters,
    live,
    publicUrl: () => publicUrl,
    now,
  });
  const audit = createAuditServices({ store, key: auditKey, sealed, version, now, log, onUnexpected });
  const drills = createDrills({ store, policy, onUnexpected, now });

  const { tls } = configuration;
  const server = await createServer({
    handlers: {
      ...createSessionHandlers({
        ...desk,
        setupCode,
        about: { version, mode, publicUrl: () => publicUrl },
        now,
      }),
      ...createOperatorHandlers({ ...desk, sessions: desk.sessionList }),
      ...createProviderHandlers(desk),
      ...createOwnAccountHandlers({ ...desk, sessions: desk.sessionList }),
      ...createPolicyHandlers(policy, live, store),
      ...createPasswordCheckHandlers(policy),
      ...createAccountHandlers({
        accounts: createAccounts({ store, directory, policy, now }),
        search,
        policy,
      }),
      ...createImportHandlers({ imports }),
      ...createTextHandlers(texts),
      ...createMailHandlers(mail),
      ...createMailTemplateHandlers({ templates, mailer, policy, publicUrl: () => publicUrl, now }),
      ...createFreezeHandlers(freezes),
      ...createRequiredResetHandlers({ ...required, templates, policy, publicUrl: () => publicUrl, now }),
      ...createCaseHandlers({
        cases,
        views,
        phrases: createPhrases({ store, standing, mailer, now }),
        rows: createCaseRows({
          store,
          policy,
          secrets,
          countAccounts: () => search.count(),
          now,
        }),
        checks,
        grants: createGrants({ store, standing, directory, secrets, now }),
      }),
      ...createFourEyesHandlers({
        approvals,
        rows: createApprovalRows({ store, now }),
        views,
        flags: createFlags({ store, now }),
        alerts,
      }),
      ...createResetHandlers(resets),
      ...createAuditHandlers(audit),
      ...createDrillHandlers(drills),
    },
    practisedHandlers: createPractisedHandlers(drills),
    sessions,
    live,
    version,
    healthy: async () =>
      (await store.db.selectFrom('settings').select('name').limit(1).execute()).length >= 0,
    strangersPerMinute: configuration.strangersPerMinute ?? 60,
    onNotPermitted: (origin, call) =>
      store.change(origin, (_tx, record) =>
        record({
          action: 'operator.not-permitted',
          outcome: 'refused',
          facts: { call, code: 'session.not-permitted' },
        }),
      ),
    onUnexpected,
    ...(configuration.trustProxy !== undefined && { trustProxy: configuration.trustProxy }),
    ...(tls && { tls: { cert: readFileSync(tls.cert, 'utf8'), key: readFileSync(tls.key, 'utf8') } }),
    pages: async (scope) => {
      const site = await registerPages(scope, {
        ...selfService,
        requirementOf: (accountId) => requirementOf(store.db, accountId),
        publicUrl: () => publicUrl,
        now,
        onUnexpected,
      });
      registerNotMe(site, { freezes, policy });
      registerManagersWord(
        site,
        createManagersAnswers({ store, directory, policy, registry, keyed, live, now }),
      );
      registerInvitation(site, { links: desk.links, policy, publicUrl: () => publicUrl });
    },
  });
  await server.listen({ host, port: configuration.port });
  const address = server.addresses()[0];
  const port = typeof address === 'object' ? address.port : configuration.port;
  if (publicUrl === '') publicUrl = `${tls ? 'https' : 'http'}://${host}:${port}`;
  log('listening', { host, port });
  const sweep = async () => {
    secrets.sweep();
    await checks.sweepExpired();
    await cases.sweepExpired();
    await approvals.sweepLapsed();
    await alerts.sweepLapsed();
    await freezes.sweep();
    await drills.sweep();
    audit.sweep();
  };
  const stopDelivering = mail.start(onUnexpected);
  const stopAnswering = selfService.start();
  const stopTelling = required.start(onUnexpected);
  let sweeping = Promise.resolve();
  const sweeper = setInterval(() => {
    sweeping = sweep().catch((thrown: unknown) => {
      onUnexpected('sweep', thrown);
    });
  }, sweepEvery);
  sweeper.unref();
  return {
    port,
    publicUrl,
    setupCode: (await operators.any()) ? null : setupCode,
    stop: async () => {
      clearInterval(sweeper);
      await server.close();
      await sweeping;
      await stopAnswering();
      await stopTelling();
      await notifications.settled();
      await stopDelivering();
      await audit.stop();
      await drills.close();
      search.close();
      await store.close();
    },
  };
}
