import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whether a drill was played under a raised alert; earlier ones were not. */
export const sceneOfADrill: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('drills')
      .addColumn('scene', 'text', (c) => c.notNull().defaultTo('calm'))
      .execute();
  },
};
