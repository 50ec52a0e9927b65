import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import { contactKey } from './contact-bounds.ts';

/** Notices operators who guess masked contact data by searching for one variation after another. */
export interface ContactProbes {
  /** Throws `request.rate-limited` for a search for contact data while the operator has guessed too often. */
  assertAllowed(operatorId: string, text: string): void;
  /** Notes a search; `matched` says whether contact data matched. */
  note(operatorId: string, text: string, matched: boolean, origin: Origin): Promise<void>;
}

/** Milliseconds. */
const windowMs = 10 * 60_000;
/** Guesses within a window after which they are recorded, and after which searches for contact data are refused. */
const [recordedFrom, refusedFrom] = [10, 30];
/** Texts of one operator that are compared with the next one. */
const maxTexts = 200;

interface Guesses {
  readonly until: number;
  readonly texts: Set<string>;
  count: number;
}

/** Whether two texts differ in exactly one character. Typing a text makes it longer or shorter instead. */
function isVariation(text: string, other: string): boolean {
  if (text.length !== other.length) return false;
  let differences = 0;
  for (let at = 0; at < text.length && differences < 2; at += 1) if (text[at] !== other[at]) differences += 1;
  return differences === 1;
}

export function createContactProbes({
  eventWindows,
  now,
}: {
  readonly eventWindows: Pick<EventWindows, 'record'>;
  readonly now: () => number;
}): ContactProbes {
  const guesses = new Map<string, Guesses>();
  const current = (operatorId: string): Guesses | undefined => {
    const found = guesses.get(operatorId);
    if (found === undefined || now() < found.until) return found;
    guesses.delete(operatorId);
    return undefined;
  };
  return {
    assertAllowed(operatorId, text) {
      const found = current(operatorId);
      if (found === undefined || found.count < refusedFrom || contactKey(text) === null) return;
      throw new Refusal('request.rate-limited', { until: new Date(found.until).toISOString() });
    },

    async note(operatorId, text, matched, origin) {
      const key = contactKey(text);
      if (matched || key === null) return;
      const found = current(operatorId) ?? { until: now() + windowMs, texts: new Set(), count: 0 };
      guesses.set(operatorId, found);
      if (found.texts.has(key)) return;
      const isGuess = [...found.texts].some((other) => isVariation(key, other));
      if (found.texts.size < maxTexts) found.texts.add(key);
      if (!isGuess) return;
      found.count += 1;
      if (found.count < recordedFrom) return;
      await eventWindows.record({
        key: `contact-probed ${operatorId}`,
        origin,
        event: { action: 'accounts.contact-probed', outcome: 'refused', facts: { guesses: found.count } },
      });
    },
  };
}
