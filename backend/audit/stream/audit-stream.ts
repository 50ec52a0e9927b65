import type { StreamTarget } from '../../../shared/api/audit-stream.ts';
import type { Store } from '../../store/store.ts';
import type { AuditEventsTable, AuditStreamsTable } from '../../store/tables.ts';
import { readHead, systemOrigin } from '../../store/append-event.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';
import { everything, readEvents } from '../select-events.ts';
import { troubleOf, type Send } from './sender.ts';

export interface AuditStream {
  /** Checks for events to send at once, for example after a change of settings. */
  wake(): void;
  /** Aborts the current batch, which is sent again after the next start. */
  stop(): Promise<void>;
}

/** Milliseconds. */
export interface StreamTiming {
  readonly idle: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
}
export const usualTiming: StreamTiming = { idle: 1000, firstRetry: 1000, longestRetry: 60_000 };

const batchSize = 200;

interface Collaborators {
  readonly target: StreamTarget;
  readonly store: Store;
  /** Returns the function that sends a batch; null while the stream is off. */
  readonly sender: () => Promise<Send | null>;
  readonly now: () => number;
  readonly timing?: StreamTiming;
}

/** Reads what a stream sends. */
function createBatchReader(store: Store) {
  /** The next events. Their numbers may leave a gap after the last one's, in a log that was continued. */
  const readBatch = async (sentSeq: number): Promise<AuditEventsTable[]> => {
    const first = await store.db
      .selectFrom('audit_events')
      .select('seq')
      .where('seq', '>', sentSeq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    const events: AuditEventsTable[] = [];
    if (first === undefined) return events;
    const after = first.seq - 1;
    for await (const event of readEvents(store.db, everything, after, after + batchSize)) events.push(event);
    return events;
  };
  /** The newest signature of an event after one and up to another. */
  const readCheckpoint = async (after: number, upTo: number): Promise<Checkpoint | null> =>
    (await store.db
      .selectFrom('audit_checkpoints')
      .selectAll()
      .where('seq', '<=', upTo)
      .where('seq', '>', after)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? null;
  /** Throws if the receiver has events beyond the end of the log: the end was cut off, or an older database was restored. */
  const assertReached = async (sentSeq: number): Promise<void> => {
    const { seq } = await readHead(store.db);
    if (seq >= sentSeq) return;
    throw new Error(
      `The receiver has events up to ${sentSeq}, but the log ends at event ${seq}: events were removed, or the database is an older copy.`,
    );
  };
  return { readBatch, readCheckpoint, assertReached };
}

/**
 * Sends the audit log to one receiver, at least once. The position is stored in the database and advances only when the receiver has accepted a batch. A
 * failed batch is retried with growing pauses.
 */
export function createAuditStream({
  target,
  store,
  sender,
  now,
  timing = usualTiming,
}: Collaborators): AuditStream {
  const { readBatch, readCheckpoint, assertReached } = createBatchReader(store);
  const stopping = new AbortController();
  let failures = 0;
  let wakeUp: () => void = () => undefined;

  const readPosition = () =>
    store.db.selectFrom('audit_streams').selectAll().where('target', '=', target).executeTakeFirst();
  const savePosition = (values: Partial<AuditStreamsTable>) =>
    store.writeUnaudited((tx) =>
      tx.updateTable('audit_streams').set(values).where('target', '=', target).execute(),
    );
  const failed = async (at: AuditStreamsTable, thrown: unknown) => {
    failures += 1;
    const lastError = troubleOf(thrown);
    await savePosition({ last_error: lastError, failing_since: at.failing_since ?? now() });
    if (at.failing_since !== null) return;
    await store.change(systemOrigin, (_tx, record) =>
      record({ action: 'audit.stream-failed', outcome: 'failed', facts: { target, error: lastError } }),
    );
  };
  const succeeded = async (at: AuditStreamsTable, sentSeq: number) => {
    failures = 0;
    await savePosition({ sent_seq: sentSeq, sent_at: now(), failing_since: null, last_error: null });
    if (at.failing_since === null) return;
    await store.change(systemOrigin, (_tx, record) =>
      record({ action: 'audit.stream-recovered', facts: { target } }),
    );
  };

  /** The last event of the newest signature sent since the start. */
  let signedSeq = 0;

  /** Sends one batch; returns whether there may be more. */
  const step = async (): Promise<boolean> => {
    const send = await sender();
    const at = send === null ? undefined : await readPosition();
    if (send === null || at === undefined) return false;
    const events = await readBatch(at.sent_seq);
    const sentSeq = events.at(-1)?.seq ?? at.sent_seq;
    const checkpoint = await readCheckpoint(signedSeq, sentSeq);
    try {
      if (events.length === 0) await assertReached(at.sent_seq);
      if (events.length === 0 && checkpoint === null) return false;
      await send({ events, checkpoint }, stopping.signal);
    } catch (thrown) {
      if (!stopping.signal.aborted) await failed(at, thrown);
      return false;
    }
    signedSeq = checkpoint?.seq ?? signedSeq;
    await succeeded(at, sentSeq);
    return events.length > 0;
  };
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      timer.unref();
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!stopping.signal.aborted) {
      // The database is unavailable at the moment: retry later.
      const more = await step().catch(() => {
        failures += 1;
        return false;
      });
      if (more || stopping.signal.aborted) continue;
      const { idle, firstRetry, longestRetry } = timing;
      await pause(failures === 0 ? idle : Math.min(longestRetry, firstRetry * 2 ** (failures - 1)));
    }
  };
  const running = run();
  return {
    wake: () => {
      wakeUp();
    },
    stop: async () => {
      stopping.abort();
      wakeUp();
      await running;
    },
  };
}
