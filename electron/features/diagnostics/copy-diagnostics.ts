import { clipboard } from 'electron';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import type { createConnection } from '../../services/connection/connection.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { ServerSelection } from '../server/server-selection.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';

interface Collaborators {
  readonly version: string;
  readonly managed: ManagedState;
  readonly settings: SettingsFile;
  readonly server: Pick<ServerSelection, 'about'>;
  readonly connection: Pick<ReturnType<typeof createConnection>, 'state'>;
  readonly keychain: Pick<Keychain, 'state'>;
}

/** Facts about this console for support, without passwords, addresses or names. */
export const createFacts =
  ({ version, managed, settings, server, connection, keychain }: Collaborators) =>
  async () => ({
    version,
    electron: process.versions.electron,
    platform: `${process.platform} ${process.arch}`,
    server: settings.read().current?.kind ?? 'none',
    backend: server.about()?.version ?? 'unknown',
    connection: connection.state()?.state ?? 'unknown',
    keychain: await keychain.state(),
    managed: Object.keys(managed.values),
    managedIgnored: managed.problems.map(({ kind, setting }) => `${setting ?? 'all'}: ${kind}`),
    graphics: settings.read().graphicsFailedIn === version ? 'failed' : 'in use',
  });

/** Copies the facts. */
export const createCopyDiagnostics =
  (readFacts: ReturnType<typeof createFacts>) => async (): Promise<void> => {
    // A promise from Electron 44 on.
    await clipboard.writeText(JSON.stringify(await readFacts(), null, 2));
  };
