import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface HeldRows {
  held_rows: {
    id: string;
    source: string;
    state: string;
    data: string;
    source_id: string | null;
    source_id_key: string | null;
  };
}

/** Rows that are read at once. */
const pageSize = 500;

/** The ids of held rows beside their data, so that those of a few accounts are found by an index. */
export const keysOfHeldRows: Migration = {
  async up(db: Kysely<HeldRows>) {
    const { schema } = db;
    await schema.alterTable('held_rows').addColumn('source_id', 'text').execute();
    await schema.alterTable('held_rows').addColumn('source_id_key', 'text').execute();
    for (let last = ''; ;) {
      const page = await db
        .selectFrom('held_rows')
        .select(['id', 'data'])
        .where('id', '>', last)
        .where('state', '=', 'open')
        .orderBy('id')
        .limit(pageSize)
        .execute();
      for (const { id, data } of page) {
        const { source_id, source_id_key } = JSON.parse(data) as Partial<HeldRows['held_rows']>;
        await db
          .updateTable('held_rows')
          .set({ source_id: source_id ?? null, source_id_key: source_id_key ?? null })
          .where('id', '=', id)
          .execute();
      }
      last = page.at(-1)?.id ?? '';
      if (last === '') break;
    }
    await schema
      .createIndex('held_rows_source')
      .on('held_rows')
      .columns(['source', 'state', 'source_id_key'])
      .execute();
  },
};
