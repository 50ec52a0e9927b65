import type { Kysely } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import { knownChangeOf, type KnownChange } from './known-change.ts';

/** The announced changes that are valid at `at` (milliseconds). */
export async function readKnownChanges(db: Kysely<Tables>, at: number): Promise<readonly KnownChange[]> {
  const rows = await db
    .selectFrom('known_changes')
    .select(['kind', 'from_value', 'to_value'])
    .where('withdrawn_at', 'is', null)
    .where('announced_at', '<=', at)
    .where('until', '>', at)
    .execute();
  return rows.flatMap(
    ({ kind, from_value: from, to_value: to }) =>
      knownChangeOf({ kind: kind as KnownChange['kind'], from, to }) ?? [],
  );
}
