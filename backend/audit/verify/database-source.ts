import type { Kysely } from 'kysely';
import type { AuditEventsTable, Tables } from '../../store/tables.ts';
import { fault, type ChainSource } from './verdict.ts';

const batch = 1000;

/** The log in a database. Yields to other work between two batches. */
export function databaseSource(db: Kysely<Tables>): ChainSource {
  return {
    async *events(after) {
      for (let last = after; ;) {
        const rows: AuditEventsTable[] = await db
          .selectFrom('audit_events')
          .selectAll()
          .where('seq', '>', last)
          .orderBy('seq')
          .limit(batch)
          .execute();
        yield* rows;
        const end = rows.at(-1);
        if (end === undefined || rows.length < batch) return;
        last = end.seq;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    },
    async faultAt({ seq, hash }) {
      const found = await db
        .selectFrom('audit_events')
        .select('hash')
        .where('seq', '=', seq)
        .executeTakeFirst();
      if (found) return found.hash === hash ? null : fault('rewritten', seq);
      const end = await db
        .selectFrom('audit_events')
        .select('seq')
        .where('seq', '<', seq)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return fault('cut-off', (end?.seq ?? 0) + 1, seq);
    },
    checkpoints: (after) =>
      db.selectFrom('audit_checkpoints').selectAll().where('seq', '>', after).orderBy('seq').execute(),
  };
}
