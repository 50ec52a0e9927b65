import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The scores of finished drills. Nothing else of a drill is stored. */
export const drills: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('drills')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('operator_id', 'text', (c) => c.notNull().references('operators.id'))
      .addColumn('seed', 'integer', (c) => c.notNull())
      .addColumn('callers', 'integer', (c) => c.notNull())
      .addColumn('score', 'integer', (c) => c.notNull())
      .addColumn('finished_at', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createIndex('drills_operator')
      .on('drills')
      .columns(['operator_id', 'finished_at'])
      .execute();
  },
};
