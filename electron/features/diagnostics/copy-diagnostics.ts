import { clipboard } from 'electron';
import type { createConnection } from '../../services/connection/connection.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { ServerSelection } from '../server/server-selection.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';

interface Collaborators {
  readonly version: string;
  readonly settings: SettingsFile;
  readonly server: Pick<ServerSelection, 'about'>;
  readonly connection: Pick<ReturnType<typeof createConnection>, 'state'>;
  readonly keychain: Pick<Keychain, 'state'>;
}

/** Copies facts about this console for support, without passwords, addresses or names. */
export const createCopyDiagnostics =
  ({ version, settings, server, connection, keychain }: Collaborators) =>
  async (): Promise<void> => {
    const facts = {
      version,
      electron: process.versions.electron,
      platform: `${process.platform} ${process.arch}`,
      server: settings.read().current?.kind ?? 'none',
      backend: server.about()?.version ?? 'unknown',
      connection: connection.state()?.state ?? 'unknown',
      keychain: await keychain.state(),
    };
    // A promise from Electron 44 on.
    await clipboard.writeText(JSON.stringify(facts, null, 2));
  };
