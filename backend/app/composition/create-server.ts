import type { FastifyInstance } from 'fastify';
import { createEndpointAccess } from '../../authorization/endpoint-access.ts';
import { createIsProved } from '../../authorization/recent-proof.ts';
import { createApprovalRows } from '../../casework/approvals/approval-rows.ts';
import { createPractisedHandlers } from '../../drill/drill-handlers.ts';
import { createRefusedCalls } from '../../operators/refused-calls.ts';
import { createHttpServer } from '../../web/http/http-server.ts';
import { mountFeed } from '../../web/sources/mount-feed.ts';
import { mountScim } from '../../web/sources/mount-scim.ts';
import { createProveSource } from '../../web/sources/prove-source.ts';
import type { WaitingServer } from '../../web/http/waiting-server.ts';
import { createServerNotices } from '../../web/http/server-notices.ts';
import { readTlsFiles } from '../configuration/tls-files.ts';
import type { Backend } from './compose-backend.ts';
import type { Configuration } from './configuration.ts';
import type { ServerFoundation } from './foundation.ts';
import { createHandlers } from './handlers.ts';
import { servePages } from './pages.ts';

/** The server of the Reset API and of the users' pages, which does not listen yet, unless `ahead` does. */
export function createServer(
  {
    tls,
    trustProxy,
    hsts,
    publicUrl: configuredUrl,
    strangersPerMinute = 60,
    callsPerSession = 1000,
  }: Configuration,
  foundation: ServerFoundation,
  { desk, drills, protectedChanges, fileFeeds }: Backend,
  ahead?: WaitingServer,
): Promise<FastifyInstance> {
  const { store, policy, log, now } = foundation;
  const { operators, casework, eventWindows } = desk;
  const notices = createServerNotices(log);
  const access = createEndpointAccess({ store, eventWindows });
  const approvalRows = createApprovalRows({ store, now });
  return createHttpServer({
    ...foundation,
    notices,
    backChannelLogout: operators.backChannelLogout,
    sources: async (server, answerRefusal) => {
      const prove = createProveSource(server, { ...desk, wrongTokensPerMinute: strangersPerMinute });
      await mountScim(server, { ...foundation, ...desk, prove });
      await mountFeed(server, { fileFeeds, prove, answerRefusal });
    },
    handlers: createHandlers(foundation, desk, { drills, notices, protectedChanges, access }),
    protectedChanges,
    practisedHandlers: createPractisedHandlers(drills),
    pages: servePages(foundation, desk),
    sessions: operators.sessions,
    isProved: createIsProved({ policy, now }),
    access,
    lockedSessions: operators.lockedSessions,
    countWaiting: async (session) =>
      (await approvalRows.countWaiting(session)) + (await casework.held.countWaiting(session)),
    strangersPerMinute,
    callsPerSession,
    refusedCalls: createRefusedCalls({ store, eventWindows }),
    refusedTokens: desk.refusedTokens,
    onUndeclared: (endpoint, code) => {
      log('refusal-undeclared', { endpoint, code });
    },
    ...(trustProxy !== undefined && { trustProxy }),
    ...(hsts !== undefined && { hsts }),
    ...(configuredUrl !== undefined && { configuredUrl }),
    ...(tls && { tls: readTlsFiles(tls) }),
    ...(ahead && { ahead }),
  });
}
