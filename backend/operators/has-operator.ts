import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** Whether the backend was set up: it has an operator, working or not. */
export const hasOperator = async (db: Kysely<Tables>): Promise<boolean> =>
  (await db.selectFrom('operators').select('id').limit(1).executeTakeFirst()) !== undefined;
