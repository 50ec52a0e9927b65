import type { Kysely } from 'kysely';
import { externalDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { Refusal } from '../../refusal.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { DirectoriesTable, Tables } from '../../store/tables.ts';
import type { ConfiguredDirectory } from '../external/configured-directory.ts';
import { withNotedFaults } from './log-faults.ts';
import { openExternalDirectory, type AdapterCollaborators } from './open-external-directory.ts';

/** The name under which the secret of a directory's service account is sealed. */
export const directorySecretName = (id: string) => `directory.${id}.secret`;

export interface DirectoryRegistry {
  /**
   * Opens the directory with this id, read in the given transaction if there is one. Throws `directory.not-found` for an unknown or removed
   * directory, and `directory.off` if an administrator switched it off.
   */
  open(id: string, tx?: Transaction): Promise<ConfiguredDirectory>;
  /** The directories that are switched on. */
  all(): Promise<readonly ConfiguredDirectory[]>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** A desk without external directories, such as a drill's. */
export const noDirectories: DirectoryRegistry = {
  open: () => Promise.reject(new Refusal('directory.not-found')),
  all: () => Promise.resolve([]),
  close: () => Promise.resolve(),
};

/** Opens configured directories and keeps their connections until their settings change. */
export function createDirectoryRegistry({
  store,
  sealed,
  log,
  ...collaborators
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly log: (event: string, facts: Readonly<Record<string, string>>) => void;
} & AdapterCollaborators): DirectoryRegistry {
  const opened = new Map<string, ConfiguredDirectory & { readonly changedAt: number }>();

  /** The stored secret; empty if none is stored, or if the data folder's key cannot open it. */
  const secretOf = async (db: Kysely<Tables>, id: string): Promise<Secret> => {
    const name = directorySecretName(id);
    const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
    if (!row) return new Secret('');
    try {
      return new Secret(sealed.open(name, row.value));
    } catch {
      return new Secret('');
    }
  };

  const openRow = async (db: Kysely<Tables>, row: DirectoriesTable): Promise<ConfiguredDirectory> => {
    const known = opened.get(row.id);
    if (known?.changedAt === row.changed_at) return known;
    const secret = await secretOf(db, row.id);
    const settings = externalDirectorySettings.parse(JSON.parse(row.settings));
    const external = withNotedFaults(openExternalDirectory(settings, secret, collaborators), (facts) =>
      log('directory-fault', { directory: row.id, ...facts }),
    );
    const directory = { id: row.id, name: row.name, external, changedAt: row.changed_at };
    opened.set(row.id, directory);
    await known?.external.close();
    return directory;
  };

  return {
    async open(id, tx) {
      const db: Kysely<Tables> = tx ?? store.db;
      const row = await db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row || row.removed_at !== null) throw new Refusal('directory.not-found');
      if (row.enabled === 0) throw new Refusal('directory.off');
      return openRow(db, row);
    },
    async all() {
      const rows = await store.db
        .selectFrom('directories')
        .selectAll()
        .where('enabled', '=', 1)
        .where('removed_at', 'is', null)
        .orderBy('name')
        .execute();
      // Ends what runs in directories that were switched off or removed.
      const ids = new Set(rows.map(({ id }) => id));
      for (const { id, external } of opened.values()) {
        if (ids.has(id)) continue;
        opened.delete(id);
        await external.close();
      }
      return Promise.all(rows.map((row) => openRow(store.db, row)));
    },
    async close() {
      const all = [...opened.values()];
      opened.clear();
      await Promise.all(all.map(({ external }) => external.close()));
    },
  };
}
