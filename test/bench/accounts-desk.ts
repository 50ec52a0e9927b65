import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { createImports } from '../../backend/accounts/import/imports.ts';
import { createAccountSearch } from '../../backend/accounts/search/account-search.ts';
import { systemOrigin } from '../../backend/store/append-event.ts';
import { openDatabase } from '../../backend/app/configuration/open-database.ts';
import type { PostgresqlSettings } from '../../backend/store/open-postgresql.ts';
import { benchCsv } from './account-rows.ts';

/** A backend's accounts in a file of their own or in PostgreSQL, filled through the real import; a `kept` data folder stays. */
export async function openAccountsDesk(database?: PostgresqlSettings, kept?: string) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'reset-desk-bench-'));
  const { store, searchIndex } = await openDatabase(
    { dataFolder: folder, ...(database && { database }), log: () => undefined },
    Date.now,
  );
  const imports = createImports({
    store,
    policy: { current: () => Promise.resolve({ version: 1, document: defaultPolicy }) },
    now: Date.now,
  });
  const search = createAccountSearch({ index: searchIndex(), now: Date.now });
  return {
    store,
    search,
    fill: async (count: number) => {
      const { id } = await imports.create(
        {
          fileName: 'bench.csv',
          bytesTotal: null,
          mapping: {
            encoding: 'utf-8',
            delimiter: ',',
            header: true,
            columns: { userName: 0, displayName: 1, email: 2, phone: 3, employeeNumber: 4, department: 5 },
          },
        },
        systemOrigin,
      );
      await imports.upload(id, Readable.from(benchCsv(count)), systemOrigin);
      await imports.confirm(id, systemOrigin);
      await imports.applied();
      const done = await imports.get(id);
      if (done.state !== 'finished' || done.created !== count)
        throw new Error(`${done.created} of ${count} accounts came in`);
    },
    close: async () => {
      search.close();
      await store.close();
      if (kept === undefined) rmSync(folder, { recursive: true });
    },
  };
}
