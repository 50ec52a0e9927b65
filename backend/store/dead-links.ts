import type { AuditEvent, Origin } from './append-event.ts';
import type { EventWindows } from './event-windows.ts';

interface DeadLinkUse {
  readonly event: AuditEvent;
  /** Identifies the link for the time of a window, such as its id; null for a token that no link has. */
  readonly link: string | null;
  readonly from: Omit<Origin, 'actor'>;
}

/** Uses of one dead link that are recorded one by one in a window. */
const recordedOneByOne = 5;

/**
 * Records the use of a link that is not valid. Made-up tokens are counted for each network, and uses of a link that was valid once for each link, so that
 * nobody fills the log with them.
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
