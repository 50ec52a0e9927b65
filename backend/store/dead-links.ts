import type { AuditEvent, Origin } from './append-event.ts';
import type { EventWindows } from './event-windows.ts';

interface DeadLinkUse {
  readonly event: AuditEvent;
  /** Identifies the link within a window, for example by its id; null for a token without a link. */
  readonly link: string | null;
  readonly from: Omit<Origin, 'actor'>;
}

/** Uses per window that are recorded individually for one dead link. */
const recordedOneByOne = 5;

/**
 * Records the use of an invalid link. Made-up tokens are counted per network, and uses of a link that was valid once are counted per link, so that
 * attackers cannot fill the log.
 */
export async function recordDeadLink(
  windows: Pick<EventWindows, 'record' | 'recordStranger'>,
  { event, link, from }: DeadLinkUse,
): Promise<void> {
  const origin: Origin = { ...from, actor: { kind: 'system' } };
  await (link === null
    ? windows.recordStranger({ key: event.action, origin, event })
    : windows.record({ key: `${event.action} ${link}`, origin, event, first: recordedOneByOne }));
}
