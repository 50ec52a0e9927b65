import { randomUUID } from 'node:crypto';
import { scimPath, type AccountSource } from '../../../shared/api/account-sources.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import type { AccountSourcesTable } from '../../store/tables.ts';
import { identityKey } from '../../text/fold.ts';
import { createFeedViews, writeFeed } from './feed-view.ts';
import { sourceRow } from './source-row.ts';
import { tokenViewOf } from './source-tokens.ts';

/** Administration of the systems that write accounts to the built-in directory. */
export interface AccountSources {
  /** `operatorId` decides which tokens are marked as the operator's own. */
  list(operatorId: string): Promise<AccountSource[]>;
  /** Throws `account-source.not-found`. */
  view(sourceId: string, operatorId: string): Promise<AccountSource>;
  /** Throws `account-source.name-taken`. */
  add(name: string, operatorId: string, origin: Origin): Promise<AccountSource>;
  remove(sourceId: string, origin: Origin): Promise<void>;
  /** Turns the reading of files on or off. */
  changeFeed(
    sourceId: string,
    feed: { readonly enabled: boolean; readonly complete: boolean; readonly operatorId: string },
    origin: Origin,
  ): Promise<AccountSource>;
  /** Allows any number of changes for some hours. */
  allow(
    sourceId: string,
    by: { readonly hours: number; readonly reason: string; readonly operatorId: string },
    origin: Origin,
  ): Promise<AccountSource>;
}

const hourMs = 3_600_000;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function createAccountSources({
  store,
  publicUrl,
  now,
}: {
  readonly store: Store;
  readonly publicUrl: () => string;
  readonly now: () => number;
}): AccountSources {
  const feedOf = createFeedViews({ store, publicUrl });
  const viewOf = async (row: AccountSourcesTable, operatorId: string): Promise<AccountSource> => {
    const tokens = await store.db
      .selectFrom('source_tokens')
      .selectAll()
      .where('source_id', '=', row.id)
      .orderBy('created_at')
      .execute();
    const accounts = await store.db
      .selectFrom('accounts')
      .select((of) => of.fn.countAll().as('count'))
      .where('source', '=', row.name)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return {
      id: row.id,
      name: row.name,
      scimUrl: `${publicUrl().replace(/\/$/u, '')}${scimPath(row.id)}`,
      accounts: Number(accounts?.count ?? 0),
      feed: await feedOf(row.id),
      tokens: tokens.map((token) => tokenViewOf(token, operatorId, now())),
      changedAt: iso(row.changed_at),
      heldSince: iso(row.held_since),
      allowedUntil: (row.allowed_until ?? 0) > now() ? iso(row.allowed_until) : null,
    };
  };
  const rows = () =>
    store.db
      .selectFrom('account_sources')
      .selectAll()
      .where('removed_at', 'is', null)
      .orderBy('name')
      .execute();

  const sources: AccountSources = {
    list: async (operatorId) => Promise.all((await rows()).map((row) => viewOf(row, operatorId))),
    view: async (sourceId, operatorId) => viewOf(await sourceRow(store, sourceId), operatorId),
    async add(name, operatorId, origin) {
      const id = randomUUID();
      if ((await rows()).some((row) => identityKey(row.name) === identityKey(name)))
        throw new Refusal('account-source.name-taken');
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('account_sources')
          .values({
            id,
            name,
            created_at: now(),
            removed_at: null,
            changed_at: null,
            held_since: null,
            allowed_until: null,
          })
          .execute();
        await record({ action: 'source.added', facts: { source: id, name } });
      });
      return sources.view(id, operatorId);
    },
    async remove(sourceId, origin) {
      const { name } = await sourceRow(store, sourceId);
      await store.change(origin, async (tx, record) => {
        await tx
          .updateTable('account_sources')
          .set({ removed_at: now() })
          .where('id', '=', sourceId)
          .execute();
        await tx
          .updateTable('source_tokens')
          .set({ revoked_at: now() })
          .where('source_id', '=', sourceId)
          .where('revoked_at', 'is', null)
          .execute();
        // Another source may keep the same accounts from now on.
        const kept = tx.selectFrom('scim_users').select('account_id').where('source_id', '=', sourceId);
        await tx.deleteFrom('scim_user_emails').where('account_id', 'in', kept).execute();
        await tx.deleteFrom('scim_users').where('source_id', '=', sourceId).execute();
        await record({ action: 'source.removed', facts: { source: sourceId, name } });
      });
    },
    async changeFeed(sourceId, { enabled, complete, operatorId }, origin) {
      const { name } = await sourceRow(store, sourceId);
      await store.change(origin, async (tx, record) => {
        await writeFeed(tx, sourceId, { enabled, complete });
        await record({ action: 'source.feed-changed', facts: { source: sourceId, name, enabled, complete } });
      });
      return sources.view(sourceId, operatorId);
    },
    async allow(sourceId, { hours, reason, operatorId }, origin) {
      const { name } = await sourceRow(store, sourceId);
      await store.change(origin, async (tx, record) => {
        await tx
          .updateTable('account_sources')
          .set({ allowed_until: now() + hours * hourMs, held_since: null })
          .where('id', '=', sourceId)
          .execute();
        await tx.deleteFrom('source_changes').where('source_id', '=', sourceId).execute();
        await record({ action: 'source.changes-allowed', facts: { source: sourceId, name, hours, reason } });
      });
      return sources.view(sourceId, operatorId);
    },
  };
  return sources;
}
