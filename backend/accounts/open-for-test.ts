import { Readable } from 'node:stream';
import type { ImportMapping } from '../../shared/api/import-file.ts';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { createEventWindows } from '../store/event-windows.ts';
import type { Origin } from '../store/append-event.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { openDatabaseForTest } from '../app/configuration/open-database-for-test.ts';
import { createImports } from './import/imports.ts';
import { createAccountSearch } from './search/account-search.ts';

export const operator: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: null,
  client: null,
};

/** The mapping of a CSV file whose first line is `contactsHeader`. */
export const contactsMapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1, email: 2, phone: 3 },
};
export const contactsHeader = 'user,name,email,phone\n';

function* piecesOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Opens a separate database with import and search, and a clock that the test sets. */
export async function openForTest() {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const now = () => clock.at;
  const { store, writer, searchIndex, close } = await openDatabaseForTest(now);
  const search = createAccountSearch({ index: searchIndex, now });
  const policy: PolicyInForce = {
    current: () => Promise.resolve({ version: 1, document: defaultPolicy }),
  };
  const imports = createImports({ store, policy, now });
  return {
    store,
    writer,
    imports,
    search,
    policy,
    eventWindows: createEventWindows({ store, now }),
    clock,
    now,
    find: async (text: string) => (await search.search(text, 20, 900)).hits,
    /** Reads a file without applying it. */
    analyseCsv: async (
      csv: string | Buffer,
      mapping: ImportMapping,
      pieces = 65_536,
      more: { source?: string; complete?: boolean } = {},
    ) => {
      const { id } = await imports.create(
        { fileName: 'a.csv', bytesTotal: null, mapping, ...more },
        operator,
      );
      return imports.upload(id, Readable.from(piecesOf(Buffer.from(csv), pieces)), operator);
    },
    /** Reads a file, confirms it, and waits for its end. */
    async importCsv(
      csv: string | Buffer,
      mapping: ImportMapping,
      pieces = 65_536,
      more: { source?: string; complete?: boolean } = {},
    ) {
      const { id, state } = await this.analyseCsv(csv, mapping, pieces, more);
      if (state !== 'ready') return imports.get(id);
      await imports.confirm(id, operator);
      await imports.applied();
      return imports.get(id);
    },
    close,
  };
}
