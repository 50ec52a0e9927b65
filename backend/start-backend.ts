import { Secret } from '../shared/secret/secret.ts';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createImports } from './accounts/import/imports.ts';
import { createApprovalRows } from './casework/approvals/approval-rows.ts';
import { createAuditServices } from './app/composition/audit-services.ts';
import { createCaseWork } from './app/composition/case-work.ts';
import type { Configuration, RunningBackend } from './app/composition/configuration.ts';
import { openFoundation } from './app/composition/foundation.ts';
import { createHandlers } from './app/composition/handlers.ts';
import { createMessages } from './app/composition/messages.ts';
import { servePages } from './app/composition/pages.ts';
import { startPolling } from './app/composition/polling.ts';
import { createDrills } from './drill/drills.ts';
import { createPractisedHandlers } from './drill/drill-handlers.ts';
import { createHttpServer } from './web/http/http-server.ts';
import { createOperatorServices } from './operators/create-operator-services.ts';
import { createRefusedCalls } from './operators/refused-calls.ts';
import { createRefusedTokens } from './operators/refused-tokens.ts';
import { loadSoon } from './passwords/password-engine/load-engine.ts';
import { createReports } from './casework/reports/reports.ts';
import { createRequiredResetServices } from './casework/required-resets/create-required-reset-services.ts';
import { createSelfService } from './self-service/create-self-service.ts';

/** Builds every service, hands them to each other, and listens. Each part is handed what was built above it, and nothing else. */
export async function startBackend(configuration: Configuration): Promise<RunningBackend> {
  const { host, tls, trustProxy } = configuration;
  const foundation = await openFoundation(configuration);
  const { store, policy, live, search, version, log, publicUrl, onUnexpected, now } = foundation;

  const messages = createMessages(foundation, configuration);
  const { mailer, mailComposer, notifications } = messages;
  const imports = createImports({ store, contactsChanged: notifications.contactsChanged, now });
  const desk = createOperatorServices({ ...foundation, mailer, mailComposer });
  const work = createCaseWork(foundation, messages);
  const { enrolment } = work;
  const selfService = createSelfService({
    ...foundation,
    hashing: foundation.hashing.pages,
    mailer,
    mailComposer,
    notifications,
    enrolment,
    changes: work.changes,
    texts: messages.texts.sender,
    deliversExternally: messages.deliversExternally,
  });
  const required = createRequiredResetServices({ store, policy, mailer, mailComposer, live, publicUrl, now });
  const reports = createReports({ ...foundation, links: desk.links });
  const audit = createAuditServices({ ...foundation, key: foundation.auditKey });
  const refusedTokens = createRefusedTokens(foundation);
  const drills = createDrills({ store, policy, hashing: foundation.hashing.desk, now });

  await imports.settleInterruptedImports();
  await work.resets.settleUnfinished();

  const approvalRows = createApprovalRows({ store, now });
  const setupCode = new Secret(configuration.setupCode ?? randomBytes(15).toString('base64url'));
  const server = await createHttpServer({
    handlers: createHandlers({
      foundation,
      messages,
      desk,
      work,
      imports,
      required,
      audit,
      drills,
      setupCode,
    }),
    practisedHandlers: createPractisedHandlers(drills),
    pages: servePages({ foundation, desk, work, selfService, reports }),
    sessions: desk.sessions,
    lockedSessions: desk.lockedSessions,
    countWaiting: async (session) =>
      (await approvalRows.countWaiting(session)) + (await work.held.countWaiting(session)),
    live,
    version,
    healthy: async () =>
      (await store.db.selectFrom('settings').select('name').limit(1).execute()).length >= 0,
    strangersPerMinute: configuration.strangersPerMinute ?? 60,
    refusedCalls: createRefusedCalls(store),
    refusedTokens,
    onUnexpected,
    onUndeclared: (endpoint, code) => {
      log('refusal-undeclared', { endpoint, code });
    },
    ...(trustProxy !== undefined && { trustProxy }),
    ...(tls && { tls: { cert: readFileSync(tls.cert, 'utf8'), key: readFileSync(tls.key, 'utf8') } }),
  });
  await server.listen({ host, port: configuration.port });
  const address = server.addresses()[0];
  const port = typeof address === 'object' ? address.port : configuration.port;
  foundation.reachedAt(`${tls ? 'https' : 'http'}://${host}:${port}`);
  log('listening', { host, port });

  const stopLoading = loadSoon(onUnexpected);
  const sweep = async () => {
    work.secrets.sweep();
    await work.checks.sweepExpired();
    await work.cases.sweepExpired();
    await work.approvals.sweepLapsed();
    await work.alerts.sweepLapsed();
    await work.freezes.sweep();
    await reports.sweep();
    await work.held.sweep();
    await drills.sweep();
    await refusedTokens.sweep();
    audit.sweep();
  };
  const stopPolling = startPolling(
    {
      mailQueue: messages.mail.deliverDue,
      linkRequests: selfService.answerDue,
      requiredResets: required.tellDue,
      sweep,
    },
    onUnexpected,
    configuration.pollIntervals,
  );
  return {
    port,
    publicUrl: publicUrl(),
    setupCode: (await desk.operators.any()) ? null : setupCode,
    stop: async () => {
      stopLoading();
      await server.close();
      await stopPolling();
      await selfService.settled();
      await mailer.settled();
      await refusedTokens.settle();
      await audit.stop();
      await drills.close();
      search.close();
      await store.close();
    },
  };
}
