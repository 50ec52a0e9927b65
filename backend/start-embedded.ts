import type { AboutView } from '../shared/api/about.ts';
import type { Configuration, RunningBackend } from './app/composition/configuration.ts';
import { openStorage } from './app/composition/open-storage.ts';
import { listenFault } from './app/configuration/listen-fault.ts';
import { hasOperator } from './operators/has-operator.ts';
import { createProviderSettings, nameOfProvider } from './operators/provider/provider-settings.ts';
import { createSealed } from './store/sealed.ts';
import { describeBackend } from './web/http/about.ts';
import { listenAhead, type WaitingServer } from './web/http/waiting-server.ts';

/** What a console learns before the backend answers requests. */
export interface Opened {
  readonly port: number;
  readonly about: AboutView;
}

/** Takes the port or, if another process has taken it, any free one. Links in earlier mails then no longer work. */
const listenAt = (host: string, port: number) =>
  listenAhead(host, port).catch((thrown: unknown) => {
    const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    if (isTaken && port !== 0) return listenAhead(host, 0);
    throw listenFault(thrown, host, port);
  });

/**
 * Starts the backend of a console. It opens the database, takes its port and says who it is, for which it needs a tenth of its code; only then it loads
 * the rest. Requests wait until that has happened.
 */
export async function startEmbedded(
  configuration: Configuration,
  onOpened: (opened: Opened) => void,
): Promise<RunningBackend> {
  const { host, version, mode, publicUrl, updateFeed = null, now = Date.now } = configuration;
  const storage = await openStorage(configuration);
  let ahead: WaitingServer | undefined;
  try {
    ahead = await listenAt(host, configuration.port);
    const { port } = ahead;
    const { store, key } = storage;
    const settings = createProviderSettings({ store, sealed: createSealed(key), now });
    const about = await describeBackend({
      version,
      mode,
      publicUrl: () => publicUrl ?? `http://${host}:${port}`,
      updateFeed,
      isSetUp: () => hasOperator(store.db),
      providerName: async () => nameOfProvider((await settings.read()).settings),
      now,
    });
    onOpened({ port, about });
  } catch (thrown) {
    ahead?.abandon();
    await storage.close();
    throw thrown;
  }
  try {
    const { startBackend } = await import('./start-backend.ts');
    return await startBackend({ ...configuration, port: ahead.port }, { storage, ahead });
  } catch (thrown) {
    // It has closed the storage.
    ahead.abandon();
    throw thrown;
  }
}
