import type { FastifyInstance } from 'fastify';
import { createWarmSearch } from './accounts/search/warm-search.ts';
import { composeBackend, type Backend } from './app/composition/compose-backend.ts';
import type { Configuration, RunningBackend } from './app/composition/configuration.ts';
import { listenFault } from './app/configuration/listen-fault.ts';
import { createServer } from './app/composition/create-server.ts';
import { openFoundation, type ServerFoundation } from './app/composition/foundation.ts';
import { startPolling } from './app/composition/polling.ts';
import { loadSoon } from './passwords/password-engine/load-engine.ts';
import type { Storage } from './app/composition/open-storage.ts';
import type { WaitingServer } from './web/http/waiting-server.ts';
import { runSweeps } from './scheduling/sweeps.ts';

/** What a backend has opened before the rest of its code was loaded. */
interface OpenedAhead {
  readonly storage: Storage;
  readonly ahead: WaitingServer;
}

async function listen(
  configuration: Configuration,
  foundation: ServerFoundation,
  backend: Backend,
  ahead?: WaitingServer,
): Promise<FastifyInstance> {
  await backend.settleInterrupted();
  const server = await createServer(configuration, foundation, backend, ahead);
  if (ahead !== undefined) {
    await server.ready();
    ahead.release();
    return server;
  }
  const { host, port } = configuration;
  await server.listen({ host, port }).catch((thrown: unknown) => {
    throw listenFault(thrown, host, port);
  });
  return server;
}

/**
 * Opens the foundation, composes the services, listens, and polls for due work. If it fails, for example because the port is taken, it leaves nothing
 * open and the data folder free. `opened` is what is open already.
 */
export async function startBackend(
  configuration: Configuration,
  opened?: OpenedAhead,
): Promise<RunningBackend> {
  const { host, tls } = configuration;
  const foundation = await openFoundation(configuration, opened?.storage);
  const { log, onUnexpected, publicUrl, setupCode } = foundation;
  const backend = composeBackend(foundation);
  const { desk, sweeps } = backend;
  const server = await listen(configuration, foundation, backend, opened?.ahead).catch(
    async (thrown: unknown) => {
      // The cause of the failed start matters, not its consequences.
      await backend.stop().catch(() => foundation.close());
      throw thrown;
    },
  );
  const address = server.addresses()[0];
  const port = typeof address === 'object' ? address.port : configuration.port;
  foundation.listeningAt(`${tls ? 'https' : 'http'}://${host}:${port}`);
  log('listening', { host, port });

  const reported = backend.reportMissingEvents().catch((thrown: unknown) => {
    onUnexpected('rows without events', thrown);
  });
  const stopLoading = loadSoon(onUnexpected);
  const warmSearch = createWarmSearch(foundation);
  const stopPolling = startPolling(
    {
      mailQueue: foundation.mail.deliverDue,
      linkRequests: desk.selfService.answerDue,
      requiredResets: desk.required.notifyDue,
      directoryFeeds: () => desk.feeds.readDue(configuration.pollIntervals?.directoryChanges),
      directoryTasks: desk.directoryTasks.runDue,
      directoryOperators: desk.operators.followDirectory,
      fileFeeds: backend.fileFeeds.readDue,
      searchWarmUp: warmSearch.warmIfDue,
      sweep: () => runSweeps(sweeps),
    },
    onUnexpected,
    configuration.pollIntervals,
  );
  return {
    port,
    publicUrl: publicUrl(),
    setupCode: (await desk.operators.operators.any()) ? null : setupCode,
    stop: async () => {
      const late = setTimeout(foundation.cutMailsShort, graceMs).unref();
      stopLoading();
      warmSearch.stop();
      // A read of a large directory takes minutes.
      const readsEnd = desk.feeds.stop();
      await closeServer(server);
      await stopPolling();
      await readsEnd;
      await reported;
      await backend.stop();
      clearTimeout(late);
    },
  };
}

/**
 * Milliseconds between two checks for idle connections, and until the remaining ones are cut off. The rest of the stop, which signs the end of the log,
 * needs time before the process ends anyway.
 */
const [idleEveryMs, graceMs] = [100, 4000];

/** Answers the running requests, and ends each connection as soon as it has none. */
async function closeServer(server: FastifyInstance): Promise<void> {
  // Fastify closes idle connections once. A connection that was opened ahead of a request, or is answered later, would be kept for 72 seconds.
  const idle = setInterval(() => {
    server.server.closeIdleConnections();
  }, idleEveryMs);
  const late = setTimeout(() => {
    server.server.closeAllConnections();
  }, graceMs);
  try {
    await server.close();
    // Fastify leaves a server open that it was given.
    if (server.server.listening) await new Promise((resolve) => server.server.close(resolve));
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
