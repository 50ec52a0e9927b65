import type { ImportView } from '../../../shared/api/import.ts';
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
  } satisfies Partial<Acts>;
}
