import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { sourceIdKey } from '../../text/source-id.ts';

interface Before {
  readonly accounts: {
    readonly row_id: number;
    readonly id: string;
    readonly source: string;
    readonly source_id: string | null;
    readonly source_id_key: string | null;
  };
}

const pageSize = 5000;
/** The form of ids that this backend makes. Every other id came from a file. */
const ownId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/**
 * The keys of a person's identity: the source of an account, its id there and under other names, rows that contradict it and wait for a decision.
 * Also imports that are read before anything is written.
 */
export const identity: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    const text = (table: string, ...columns: string[]) =>
      columns.reduce(
        (done, column) => done.then(() => schema.alterTable(table).addColumn(column, 'text').execute()),
        Promise.resolve(),
      );
    const whole = (table: string, type: 'bigint' | 'integer', ...columns: string[]) =>
      columns.reduce(
        (done, column) => done.then(() => schema.alterTable(table).addColumn(column, type).execute()),
        Promise.resolve(),
      );
    await schema
      .alterTable('accounts')
      .addColumn('source', 'text', (c) => c.notNull().defaultTo(sql.lit('file')))
      .execute();
    await text('accounts', 'source_id', 'source_id_key', 'manager_id', 'disabled_by', 'disabled_reason');
    await whole('accounts', 'bigint', 'closed_at', 'hand_disabled_at');
    await schema
      .createIndex('accounts_source_id_key')
      .on('accounts')
      .column('source_id_key')
      .where(sql.ref('source_id_key'), 'is not', null)
      .execute();
    await schema
      .createTable('account_source_ids')
      .addColumn('source_id_key', 'text', (c) => c.primaryKey())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('source_id', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('added_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('account_source_ids_account')
      .on('account_source_ids')
      .column('account_id')
      .execute();

    await schema
      .alterTable('imports')
      .addColumn('source', 'text', (c) => c.notNull().defaultTo(sql.lit('file')))
      .execute();
    for (const column of ['complete', 'held', 'closed', 'applied', 'restored', 'kept'])
      await schema
        .alterTable('imports')
        .addColumn(column, 'integer', (c) => c.notNull().defaultTo(sql.lit(0)))
        .execute();
    await whole('imports', 'bigint', 'analysed_at', 'confirmed_at', 'undone_at');
    await text('imports', 'confirmed_by', 'analysis');
    await schema
      .createTable('import_rows')
      .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id').onDelete('cascade'))
      .addColumn('line', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text')
      .addColumn('data', 'text')
      .addColumn('fields', 'text')
      .addColumn('before', 'text')
      .addPrimaryKeyConstraint('import_rows_key', ['import_id', 'line'])
      .execute();
    await schema
      .createTable('import_warnings')
      .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id').onDelete('cascade'))
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('field', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('rows', 'integer', (c) => c.notNull())
      .addColumn('first_line', 'integer', (c) => c.notNull())
      .execute();
    await schema.createIndex('import_warnings_import').on('import_warnings').column('import_id').execute();

    await schema
      .createTable('held_rows')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('import_id', 'text', (c) => c.notNull())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('line', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addColumn('has', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.references('accounts.id').onDelete('cascade'))
      .addColumn('match_id', 'text')
      .addColumn('row_key', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('held_at', 'bigint', (c) => c.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('decided_by', 'text')
      .addColumn('decision_reason', 'text')
      .execute();
    await schema.createIndex('held_rows_state').on('held_rows').columns(['state', 'held_at']).execute();
    await schema.createIndex('held_rows_key').on('held_rows').column('row_key').execute();

    await schema
      .createTable('known_changes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('from_value', 'text', (c) => c.notNull())
      .addColumn('to_value', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('announced_by', 'text', (c) => c.notNull())
      .addColumn('announced_at', 'bigint', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addColumn('withdrawn_at', 'bigint')
      .execute();

    await takeSourceIds(db as Kysely<Before>);
  },
};

/** Ids from a file become the source's. Accounts keep them as their own as well, since the audit log names the accounts by them. */
async function takeSourceIds(db: Kysely<Before>): Promise<void> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom('accounts')
      .select(['row_id', 'id'])
      .where('row_id', '>', last)
      .orderBy('row_id')
      .limit(pageSize)
      .execute();
    for (const { row_id, id } of rows) {
      if (ownId.test(id)) continue;
      const key = sourceIdKey('file', id);
      await db
        .updateTable('accounts')
        .set({ source_id: id, source_id_key: key })
        .where('row_id', '=', row_id)
        .execute();
    }
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.row_id ?? last;
  }
}
