import { createHash } from 'node:crypto';
import { importMapping, type ImportMapping } from '../../../shared/api/import-file.ts';
import type { Store } from '../../store/store.ts';
import { squash } from '../../text/squash.ts';

export interface RememberedMappings {
  /** The mapping of the last file with these columns; null if there was none. */
  readonly find: (columns: readonly string[]) => Promise<ImportMapping | null>;
  readonly remember: (columns: readonly string[], mapping: ImportMapping) => Promise<void>;
}

/** Mappings that are kept. The least recently used ones are dropped. */
const maxMappings = 100;

/** Equal for the same columns in the same order, regardless of case, blanks and signs. */
const keyOf = (columns: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(columns.map(squash)))
    .digest('hex');

/** Remembers the mappings of files by their columns, because exports are imported again and again. */
export function createRememberedMappings({
  store,
  now,
}: {
  store: Store;
  now: () => number;
}): RememberedMappings {
  return {
    async find(columns) {
      const row = await store.db
        .selectFrom('import_mappings')
        .select('mapping')
        .where('header_key', '=', keyOf(columns))
        .executeTakeFirst();
      if (!row) return null;
      // An older version may have written the mapping.
      const read = importMapping.safeParse(JSON.parse(row.mapping));
      return read.success ? read.data : null;
    },
    async remember(columns, mapping) {
      const row = { mapping: JSON.stringify(mapping), used_at: now() };
      // Not audited: the import itself is, and the mapping only helps the next one.
      await store.writeUnaudited(async (tx) => {
        await tx
          .insertInto('import_mappings')
          .values({ header_key: keyOf(columns), ...row })
          .onConflict((conflict) => conflict.column('header_key').doUpdateSet(row))
          .execute();
        const last = await tx
          .selectFrom('import_mappings')
          .select('used_at')
          .orderBy('used_at', 'desc')
          .offset(maxMappings)
          .limit(1)
          .executeTakeFirst();
        if (last) await tx.deleteFrom('import_mappings').where('used_at', '<=', last.used_at).execute();
      });
    },
  };
}
