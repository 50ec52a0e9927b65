import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ExternalDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type { DirectoryView, connectionReport } from '../../../shared/api/directories.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';
import { directorySecretName } from './directory-registry.ts';
import { reportView, settingsOf, viewOf as viewOfRow } from './directory-view.ts';
import { openExternalDirectory } from './open-external-directory.ts';

interface Change {
  readonly name: string;
  readonly settings: ExternalDirectorySettings;
  readonly secret?: string | undefined;
}

/** The external directories that administrators have configured. */
export interface DirectorySettingsStore {
  list(): Promise<DirectoryView[]>;
  /** Throws `directory.not-found`. */
  view(id: string): Promise<DirectoryView>;
  add(added: Change, origin: Origin): Promise<DirectoryView>;
  change(id: string, change: Change & { readonly enabled: boolean }, origin: Origin): Promise<DirectoryView>;
  /**
   * Lets the directory close any number of accounts for some hours, and makes the next read one of all accounts, which finds those that are gone now.
   */
  allowClosures(
    id: string,
    by: { readonly hours: number; readonly reason: string },
    origin: Origin,
  ): Promise<DirectoryView>;
  /** Lets the changes that were held until a time take effect, by the next read, which is one of all accounts. */
  allowChanges(
    id: string,
    by: { readonly until: string; readonly reason: string },
    origin: Origin,
  ): Promise<DirectoryView>;
  /** Returns the number of closed accounts. */
  remove(id: string, origin: Origin): Promise<number>;
  check(tried: Omit<Change, 'name'> & { readonly directoryId?: string | undefined }): Promise<Report>;
}
type Report = z.infer<typeof connectionReport>;

/** The destination of a stored secret: the servers, and the account that it belongs to. */
function audienceOf(settings: ExternalDirectorySettings): string {
  if (settings.kind === 'keycloak')
    return JSON.stringify([settings.url, settings.realm, settings.clientId, settings.authorities]);
  if (settings.kind === 'entra') {
    const { tenant, clientId, credential, cloud, signInUrl, graphUrl } = settings;
    return JSON.stringify([tenant, clientId, credential, cloud, signInUrl, graphUrl, settings.authorities]);
  }
  const { servers, serviceAccount, encryption, authorities } = settings;
  const domain = settings.kind === 'active-directory' ? settings.domain : '';
  return JSON.stringify([domain, servers, serviceAccount, encryption, authorities]);
}

/** The row of a directory that was not read yet. */
export const newDirectoryRow = ({
  id,
  name,
  settings,
  now,
}: {
  readonly id: string;
  readonly name: string;
  readonly settings: { readonly kind: string };
  readonly now: number;
}): DirectoriesTable => ({
  id,
  kind: settings.kind,
  name,
  settings: JSON.stringify(settings),
  enabled: 1,
  created_at: now,
  changed_at: now,
  removed_at: null,
  cursor: null,
  unfinished_read: null,
  first_read_at: null,
  read_at: null,
  accounts_read: 0,
  fault: null,
  fault_at: null,
  held_since: null,
  held_closures: null,
  changes_held_since: null,
  allowed_until: null,
  leased_by: null,
  leased_until: null,
});

/** The settings of external directories, stored in the database; the service accounts' secrets are sealed. */
export function createDirectorySettings({
  store,
  sealed,
  trust,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly trust: ReadTrust;
  readonly now: () => number;
}): DirectorySettingsStore {
  const secrets = createSettings({ store, sealed, now });
  const rowOf = async (id: string): Promise<DirectoriesTable> => {
    const row = await store.db
      .selectFrom('directories')
      .selectAll()
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!row) throw new Refusal('directory.not-found');
    return row;
  };
  const viewOf = (row: DirectoriesTable) => viewOfRow(row, { store, secrets, now });
  const view = async (id: string) => viewOf(await rowOf(id));

  return {
    view,
    async list() {
      const rows = await store.db
        .selectFrom('directories')
        .selectAll()
        .where('removed_at', 'is', null)
        .orderBy('name')
        .execute();
      return Promise.all(rows.map(viewOf));
    },
    async add({ name, settings, secret }, origin) {
      const id = randomUUID();
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('directories')
          .values(newDirectoryRow({ id, name, settings, now: now() }))
          .execute();
        await secrets.keepSecret(tx, directorySecretName(id), secret, { elsewhere: true });
        await record({ action: 'directory.added', facts: { directory: id, name, kind: settings.kind } });
      });
      return view(id);
    },
    async change(id, { name, settings, secret, enabled }, origin) {
      const before = await rowOf(id);
      if (before.kind !== settings.kind)
        throw new Refusal('request.invalid', {
          fields: [{ path: 'body.settings.kind', message: 'Add another directory for another kind.' }],
        });
      // The stored secret must not be sent to another server, nor used for another account.
      const former = settingsOf(before);
      const elsewhere = audienceOf(former) !== audienceOf(settings);
      // Other groups, attributes or units show accounts differently of which the directory tells no change.
      const settingsChanged = JSON.stringify(former) !== JSON.stringify(settings);
      await store.change(origin, async (tx, record) => {
        await tx
          .updateTable('directories')
          .set({
            name,
            settings: JSON.stringify(settings),
            enabled: enabled ? 1 : 0,
            // Ensures that two changes within a millisecond differ, because connections are kept by this time.
            changed_at: Math.max(now(), before.changed_at + 1),
            ...(settingsChanged && { cursor: null, unfinished_read: null, accounts_read: 0 }),
          })
          .where('id', '=', id)
          .execute();
        await secrets.keepSecret(tx, directorySecretName(id), secret, { elsewhere });
        await record({
          action: 'directory.changed',
          facts: { directory: id, name, kind: settings.kind, enabled, server: elsewhere },
        });
      });
      return view(id);
    },
    async allowClosures(id, { hours, reason }, origin) {
      const { name } = await rowOf(id);
      await store.change(origin, async (tx, record) => {
        await tx
          .updateTable('directories')
          .set({
            allowed_until: now() + hours * 3_600_000,
            held_since: null,
            held_closures: null,
            cursor: null,
            unfinished_read: null,
            accounts_read: 0,
          })
          .where('id', '=', id)
          .execute();
        await record({
          action: 'directory.closures-allowed',
          facts: { directory: id, name, hours, reason },
        });
      });
      return view(id);
    },
    async allowChanges(id, { until, reason }, origin) {
      const { name } = await rowOf(id);
      await store.change(origin, async (tx, record) => {
        const { numUpdatedRows } = await tx
          .updateTable('directory_held_changes')
          .set({ allowed_at: now() })
          .where('directory_id', '=', id)
          .where('held_at', '<=', Date.parse(until))
          .where('allowed_at', 'is', null)
          .executeTakeFirst();
        await tx
          .updateTable('directories')
          .set({ cursor: null, unfinished_read: null, accounts_read: 0 })
          .where('id', '=', id)
          .execute();
        await record({
          action: 'directory.changes-allowed',
          facts: { directory: id, name, accounts: Number(numUpdatedRows), until, reason },
        });
      });
      return view(id);
    },
    async remove(id, origin) {
      await rowOf(id);
      return store.change(origin, async (tx, record) => {
        await tx
          .updateTable('directories')
          .set({ removed_at: now(), enabled: 0, changed_at: now() })
          .where('id', '=', id)
          .execute();
        await secrets.keepSecret(tx, directorySecretName(id), '', { elsewhere: true });
        const { numUpdatedRows } = await tx
          .updateTable('accounts')
          .set({ closed_at: now(), disabled: 1, updated_at: now() })
          .where('directory_id', '=', id)
          .where('closed_at', 'is', null)
          .executeTakeFirst();
        // A decision would open an account in the removed directory.
        await tx
          .updateTable('held_rows')
          .set({ state: 'dropped', decided_at: now(), decision_reason: 'The directory was removed' })
          .where('source', '=', id)
          .where('state', '=', 'open')
          .execute();
        const closed = Number(numUpdatedRows);
        await record({ action: 'directory.removed', facts: { directory: id, closed } });
        return closed;
      });
    },
    async check({ settings, secret, directoryId }) {
      const stored = directoryId === undefined ? null : await rowOf(directoryId);
      const isSame = stored !== null && audienceOf(settingsOf(stored)) === audienceOf(settings);
      const kept = isSame ? await secrets.readSecret(directorySecretName(stored.id)) : null;
      const external = openExternalDirectory(settings, new Secret(secret ?? kept ?? ''), { trust, now });
      try {
        // What the server can do is known after the check.
        const report = await external.check();
        return reportView(report, external.capabilities);
      } finally {
        await external.close();
      }
    },
  };
}
