import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImportMapping } from '../../shared/api/import.ts';
import { defaultPolicy } from '../../shared/api/policy.ts';
import type { Origin } from '../audit/append-event.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { createStore } from '../store/store.ts';
import { createImports } from './import/imports.ts';
import { createAccountSearch } from './search/account-search.ts';
import { openSqliteSearchIndex } from './search/sqlite-search-index.ts';

export const operator: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: null,
  client: null,
};

/** A database file of its own with import and search, and a clock that the test turns. */
export async function openForTest() {
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
  const file = join(folder, 'desk.db');
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const now = () => clock.at;
  const store = createStore(await openSqlite(file), now);
  const imports = createImports({ store, now });
  const search = createAccountSearch({ index: openSqliteSearchIndex(file), now });
  const policy: PolicyInForce = {
    current: () => Promise.resolve({ version: 1, document: defaultPolicy }),
  };
  return {
    store,
    imports,
    search,
    policy,
    clock,
    now,
    find: async (text: string) => (await search.search(text, 20, 900)).hits,
    importCsv: async (csv: string | Buffer, mapping: ImportMapping) => {
      const { id } = await imports.create({ fileName: 'a.csv', bytesTotal: null, mapping }, operator);
      return imports.upload(id, Readable.from([Buffer.from(csv)]), operator);
    },
    close: async () => {
      search.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
