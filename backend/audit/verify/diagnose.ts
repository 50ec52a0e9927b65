import type { AuditEventsTable } from '../../store/tables.ts';
import { eventHash } from '../../store/append-event.ts';
import { fault, type ChainSource, type Fault, type Position } from './verdict.ts';

/** The number under which the event was written, when it is not the one it carries now; null when its content is not what was hashed. */
function homeOf(event: AuditEventsTable, most: number): number | null {
  for (let seq = 1; seq <= most; seq += 1) {
    if (seq !== event.seq && eventHash({ ...event, seq }) === event.hash) return seq;
  }
  return null;
}

/**
 * Says what was done, given the last good event and the first that does not follow it. Looks around in the log, which is slow and happens once.
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
  let most = 0;
  let next: AuditEventsTable | null = null;
  let passed = false;
  for await (const other of source.events(after)) {
    most = Math.max(most, other.seq);
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
    // Whole in itself and confirmed by the one behind it: then the one before was changed and hashed anew.
    const confirmed = next === null || next.previous_hash === event.hash;
    return fault('altered', confirmed && good.seq > after ? good.seq : event.seq);
  }

  // One more than there are: the last may have been written before others were taken out.
  const home = homeOf(event, most + 1000);
  if (home === null) {
    const pushed = await find(
      (other) =>
        other.seq > event.seq && other.previous_hash === good.hash && homeOf(other, most) === expected,
    );
    return pushed ? fault('inserted', expected, pushed.seq - 1) : fault('altered', event.seq);
  }
  if (home < event.seq) return fault('inserted', home, event.seq - 1);
  const before = await find(({ hash }) => hash === event.previous_hash);
  return before ? fault('reordered', expected) : fault('removed', expected, home - 1);
}
