import type { StreamTarget } from '../../../shared/api/audit-stream.ts';
import type { Store } from '../../store/store.ts';
import type { AuditStreamsTable } from '../../store/tables.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { everything, readEvents } from '../select-events.ts';
import { troubleOf, type Send } from './sender.ts';

export interface AuditStream {
  /** Looks at once for what is to be sent, such as after a change of settings. */
  wake(): void;
  /** Gives up what is under way: it will be sent again. */
  stop(): Promise<void>;
}

/** Milliseconds. */
export interface StreamTiming {
  readonly idle: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
}
export const usualTiming: StreamTiming = { idle: 1000, firstRetry: 1000, longestRetry: 60_000 };

/** Events in one batch. */
const batch = 200;

interface Collaborators {
  readonly target: StreamTarget;
  readonly store: Store;
  /** How to send now; null while the stream is off. */
  readonly sender: () => Promise<Send | null>;
  readonly now: () => number;
  readonly timing?: StreamTiming;
}

/**
 * Sends the log to one receiver, at least once: the place that was reached moves on only when the receiver has taken a batch, and is kept in
 * the database. What fails is tried again, after ever longer pauses.
 */
export function createAuditStream({
  target,
  store,
  sender,
  now,
  timing = usualTiming,
}: Collaborators): AuditStream {
  const stopping = new AbortController();
  let failures = 0;
  let wakeUp: () => void = () => undefined;

  const place = () =>
    store.db.selectFrom('audit_streams').selectAll().where('target', '=', target).executeTakeFirst();
  const keep = (values: Partial<AuditStreamsTable>) =>
    store.writeUnaudited((tx) =>
      tx.updateTable('audit_streams').set(values).where('target', '=', target).execute(),
    );
  const failed = async (at: AuditStreamsTable, thrown: unknown) => {
    failures += 1;
    const lastError = troubleOf(thrown);
    await keep({ last_error: lastError, failing_since: at.failing_since ?? now() });
    if (at.failing_since !== null) return;
    await store.change(systemOrigin, (_tx, record) =>
      record({ action: 'audit.stream-failed', outcome: 'failed', facts: { target, error: lastError } }),
    );
  };
  const succeeded = async (at: AuditStreamsTable, sentSeq: number) => {
    failures = 0;
    await keep({ sent_seq: sentSeq, sent_at: now(), failing_since: null, last_error: null });
    if (at.failing_since === null) return;
    await store.change(systemOrigin, (_tx, record) =>
      record({ action: 'audit.stream-recovered', facts: { target } }),
    );
  };

  /** Sends one batch; answers whether there may be more to be sent at once. */
  const step = async (): Promise<boolean> => {
    const send = await sender();
    const at = send === null ? undefined : await place();
    if (send === null || at === undefined) return false;
    const events = [];
    for await (const event of readEvents(store.db, everything, at.sent_seq, at.sent_seq + batch))
      events.push(event);
    const last = events.at(-1);
    if (last === undefined) return false;
    try {
      await send(events, stopping.signal);
    } catch (thrown) {
      if (!stopping.signal.aborted) await failed(at, thrown);
      return false;
    }
    await succeeded(at, last.seq);
    return true;
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
      // A store that cannot be read now is no reason to give up for good.
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
