import type { AuditEventsTable } from '../../store/tables.ts';
import { eventHash } from '../../store/append-event.ts';
import { fault, type ChainSource, type Fault, type Position } from './verdict.ts';

/** The number under which the event was hashed, if it is not its current one; null if its content does not match its hash under any number. */
function originalSeq(event: AuditEventsTable, max: number): number | null {
  for (let seq = 1; seq <= max; seq += 1) {
    if (seq !== event.seq && eventHash({ ...event, seq }) === event.hash) return seq;
  }
  return null;
}

/**
 * Determines what was done to the log, given the last good event and the first one that does not follow it. Reads the log several times, which is
 * slow but happens only once.
 */
export async function diagnose(
  source: ChainSource,
  after: number,
  good: Position,
  event: AuditEventsTable,
): Promise<Fault> {
  const find = async (wanted: (other: AuditEventsTable) => boolean): Promise<AuditEventsTable | null> => {
    for await (const other of source.events(after)) if (wanted(other)) return other;
    return null;
  };
  let maxSeq = 0;
  let next: AuditEventsTable | null = null;
  let passed = false;
  for await (const other of source.events(after)) {
    maxSeq = Math.max(maxSeq, other.seq);
    if (passed && next === null) next = other;
    passed ||= other.seq === event.seq && other.hash === event.hash;
  }
  const expected = good.seq + 1;

  if (eventHash(event) === event.hash) {
    if (event.seq > expected) {
      const late = await find(({ seq }) => seq === expected);
      return late ? fault('reordered', expected) : fault('removed', expected, event.seq - 1);
    }
    if (event.seq < expected) return fault('inserted', event.seq);
    // The event is intact and its successor confirms it, so its predecessor was changed and hashed again.
    const confirmed = next === null || next.previous_hash === event.hash;
    return fault('altered', confirmed && good.seq > after ? good.seq : event.seq);
  }

  // Beyond the highest number: the event may have been written before others were removed.
  const original = originalSeq(event, maxSeq + 1000);
  if (original === null) {
    const pushed = await find(
      (other) =>
        other.seq > event.seq && other.previous_hash === good.hash && originalSeq(other, maxSeq) === expected,
    );
    return pushed ? fault('inserted', expected, pushed.seq - 1) : fault('altered', event.seq);
  }
  if (original < event.seq) return fault('inserted', original, event.seq - 1);
  const before = await find(({ hash }) => hash === event.previous_hash);
  return before ? fault('reordered', expected) : fault('removed', expected, original - 1);
}
