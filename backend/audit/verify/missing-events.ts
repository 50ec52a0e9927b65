import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../store/tables.ts';

/** Rows whose event is missing although both were written together: the event was removed from the log. */
export interface MissingEvents {
  readonly cases: number;
  readonly checks: number;
  readonly resets: number;
}

/**
 * Counts cases, outcomes of checks and resets without an event that names them. The chain alone cannot show that its last events are missing; these
 * rows can. `newest` limits the count to this many of the newest cases.
 */
export async function countMissingEvents(db: Kysely<Tables>, newest?: number): Promise<MissingEvents> {
  const among = (id: string) =>
    newest === undefined
      ? sql``
      : sql`${sql.ref(id)} in (select id from cases order by number desc limit ${sql.lit(newest)}) and`;
  const count = async (
    table: 'cases' | 'evidence' | 'resets',
    caseId: string,
    event: string,
    isNamed: boolean,
  ) => {
    const named = isNamed ? sql`and audit_events.facts like '%' || ${sql.ref(`${table}.id`)} || '%'` : sql``;
    const { rows } = await sql<{ missing: number }>`
      select count(*) as missing from ${sql.table(table)} where ${among(`${table}.${caseId}`)} not exists (
        select 1 from audit_events
        where audit_events.case_id = ${sql.ref(`${table}.${caseId}`)} and audit_events.action like ${event} ${named}
      )`.execute(db);
    return rows[0]?.missing ?? 0;
  };
  return {
    cases: await count('cases', 'id', 'case.opened', false),
    checks: await count('evidence', 'case_id', 'check.%', true),
    resets: await count('resets', 'case_id', 'reset%', true),
  };
}

export const hasMissingEvents = ({ cases, checks, resets }: MissingEvents): boolean =>
  cases + checks + resets > 0;
