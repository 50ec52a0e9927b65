import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** Names read in one statement. SQLite runs in this thread, so a long list is read in parts, between which other calls are served. */
const namesAtOnce = 500;

/** The next names of actors in the log, in the order of the index. Each one takes a single index lookup. */
async function namesAfter(db: Kysely<Tables>, after: string): Promise<string[]> {
  const next = (name: ReturnType<typeof sql>) =>
    sql`(select min(actor_name) from audit_events where actor_name is not null and actor_name > ${name})`;
  const { rows } = await sql<{ name: string }>`
    with recursive names (name, position) as (
      select ${next(sql`${after}`)}, 1
      union all
      select ${next(sql`names.name`)}, position + 1 from names
      where name is not null and position < ${sql.lit(namesAtOnce)}
    )
    select name from names where name is not null`.execute(db);
  return rows.map(({ name }) => name);
}

/** The names in the log that contain the text, regardless of case. Null if there are more than `max`. */
export async function actorNamesWith(
  db: Kysely<Tables>,
  text: string,
  max: number,
): Promise<readonly string[] | null> {
  const wanted = text.toLowerCase();
  const found: string[] = [];
  for (let after = ''; ;) {
    const names = await namesAfter(db, after);
    found.push(...names.filter((name) => name.toLowerCase().includes(wanted)));
    if (found.length > max) return null;
    const last = names.at(-1);
    if (last === undefined || names.length < namesAtOnce) return found;
    after = last;
    await setImmediate();
  }
}
