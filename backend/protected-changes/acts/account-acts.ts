import type { z } from 'zod';
import type { decideHeldRow } from '../../../shared/api/held-row.ts';
import type { announceKnownChange } from '../../../shared/api/known-change.ts';
import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Store } from '../../store/store.ts';
import { ofSettings, type Acts } from '../description.ts';

/** The acts that change many accounts at once. */
export function createAccountActs({ store }: { readonly store: Store }) {
  return {
    confirmImport: async ({ params }) => {
      const { importId } = params as { importId: string };
      const row = await store.db
        .selectFrom('imports')
        .select(['file_name', 'state', 'analysis', 'created', 'refused'])
        .where('id', '=', importId)
        .executeTakeFirst();
      if (row?.state !== 'ready' || row.analysis === null) return null;
      const { counts, massChanges } = JSON.parse(row.analysis) as Pick<ImportView, 'counts' | 'massChanges'>;
      if (counts === null || massChanges.length === 0) return null;
      const values = {
        newAccounts: row.created,
        accountsAddedAgain: counts.addedAgain ?? 0,
        changedContacts: counts.contact,
        changedTiers: counts.tier,
        changedManagers: counts.manager,
        changedStatuses: counts.status,
        closedAccounts: counts.closed,
        rejectedRows: row.refused,
      };
      const fields = Object.entries(values)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => ({ name, from: null, to: String(count), secret: false }));
      return ofSettings(fields, row.file_name);
    },
    decideHeldRow: async ({ params, body }) => {
      const { heldRowId } = params as { heldRowId: string };
      const { decision, reason } = body as z.output<(typeof decideHeldRow)['body']>;
      const held = await store.db
        .selectFrom('held_rows')
        .select(['data', 'account_id', 'match_id', 'state'])
        .where('id', '=', heldRowId)
        .executeTakeFirst();
      if (held?.state !== 'open' || decision === 'drop') return null;
      const row = JSON.parse(held.data) as { readonly user_name: string; readonly tier: string };
      const accounts = await store.db
        .selectFrom('accounts')
        .select('tier')
        .where('id', 'in', [held.account_id ?? '', held.match_id ?? ''])
        .execute();
      if ([row, ...accounts].every(({ tier }) => tier === 'standard')) return null;
      const to = `${decision}: ${reason}`;
      return ofSettings([{ name: 'decision', from: null, to, secret: false }], row.user_name);
    },
    announceKnownChange: ({ body }) => {
      const { from, to, days, reason } = body as z.output<(typeof announceKnownChange)['body']>;
      const change = { name: 'announced', from, to: `${to} (${days} days: ${reason})`, secret: false };
      return Promise.resolve(ofSettings([change], `${from} → ${to}`));
    },
  } satisfies Partial<Acts>;
}
