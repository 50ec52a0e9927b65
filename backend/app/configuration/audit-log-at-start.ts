import type { Kysely } from 'kysely';
import type { KeptHead } from '../../audit/kept-head.ts';
import { readHead, systemOrigin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { StartFault } from './start-fault.ts';

/** The last event that the log is known to have had, and the source of that knowledge. `hash` is null if it is unknown. */
export interface KnownEnd {
  readonly seq: number;
  readonly hash: string | null;
  readonly source: string;
}

/** The newest known end of the log, from the head that the data folder keeps and from what the audit streams have sent. */
export async function readKnownEnd(db: Kysely<Tables>, kept: KeptHead): Promise<KnownEnd | null> {
  const head = kept.read();
  const streams = await db.selectFrom('audit_streams').select(['target', 'sent_seq']).execute();
  const ends: KnownEnd[] = [
    ...(head === null
      ? []
      : [
          {
            seq: head.seq,
            hash: head.hash,
            source: `signed at ${new Date(head.at).toISOString()}, as audit-head.json says`,
          },
        ]),
    ...streams.map(({ target, sent_seq }) => ({
      seq: sent_seq,
      hash: null,
      source: `sent to the ${target} receiver`,
    })),
  ];
  return ends.toSorted((a, b) => b.seq - a.seq)[0] ?? null;
}

/** Throws a {@link StartFault} if the log ends before an event that it is known to have had, or has another one in its place. */
export async function assertLogReaches(
  db: Kysely<Tables>,
  kept: KeptHead,
  dataFolder: string,
): Promise<void> {
  const known = await readKnownEnd(db, kept);
  if (known === null || known.seq === 0) return;
  const event = await db
    .selectFrom('audit_events')
    .select('hash')
    .where('seq', '=', known.seq)
    .executeTakeFirst();
  if (event && (known.hash === null || event.hash === known.hash)) return;
  const { seq } = await readHead(db);
  const what = event
    ? `event ${known.seq} of the audit log differs from the one that was ${known.source}`
    : `the audit log ends at event ${seq}, but event ${known.seq} was ${known.source}`;
  throw new StartFault(
    'folder.log-cut',
    `The database is an older copy, or events were removed from it: ${what}. Restore the newest backup into an empty folder. To continue deliberately with this database, run reset-desk-backend audit resume --data ${dataFolder}. It records which events are missing, and their numbers are not reused.`,
    event ? `event ${known.seq} differs` : `ends at ${seq}, known to ${known.seq}`,
  );
}

/** Records that triggers which keep tables append-only were missing and have been restored. */
export async function recordRestoredGuards(
  store: Store,
  tables: readonly string[],
  log: (event: string, facts: Readonly<Record<string, string | number>>) => void,
): Promise<void> {
  if (tables.length === 0) return;
  log('audit-guards-restored', { tables: tables.join(', ') });
  await store.change(systemOrigin, (_tx, record) =>
    record({ action: 'audit.guards-restored', outcome: 'failed', facts: { tables: tables.join(', ') } }),
  );
}
