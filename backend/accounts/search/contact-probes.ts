import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import { contactKey } from './contact-bounds.ts';
import { loosenedText } from './loosened-text.ts';

/** Notices operators who guess masked contact data by searching for one address or number after another. */
export interface ContactProbes {
  /** Throws `request.rate-limited` for a search for contact data while the operator has guessed too often. */
  assertAllowed(operatorId: string, text: string): void;
  /** Notes a search; `matched` says whether contact data matched. */
  note(operatorId: string, text: string, matched: boolean, origin: Origin): Promise<void>;
}

/** Milliseconds. */
const windowMs = 10 * 60_000;
/** Variations of one text within a window after which they are recorded, and after which searches for contact data are refused. */
const [recordedFrom, refusedFrom] = [10, 30];
/** The same for texts of any kind, which a busy operator types as well. */
const [attemptsRecordedFrom, attemptsRefusedFrom] = [30, 60];
const dayMs = 24 * 3_600_000;
/** Texts within a day after which they are recorded, far more than a desk has calls. */
const recordedInDayFrom = 200;
/** Texts of one operator that are compared with the next one. */
const maxTexts = 200;

interface Guesses {
  readonly until: number;
  readonly texts: Set<string>;
  /** The text before, and whether it was not yet made shorter. */
  last: string | null;
  isRising: boolean;
  /** Texts that differ from another one in one character. */
  variations: number;
  /** Texts that were given up for another one. */
  attempts: number;
}

/** Whether two texts differ in exactly one character. Typing a text makes it longer or shorter instead. */
function isVariation(text: string, other: string): boolean {
  if (text.length !== other.length) return false;
  let differences = 0;
  for (let at = 0; at < text.length && differences < 2; at += 1) if (text[at] !== other[at]) differences += 1;
  return differences === 1;
}

/** The contact data that a search for a text may ask for: as it was typed, and as it may be meant. */
function askedContacts(typed: string): readonly string[] {
  const texts = [typed, loosenedText(typed) ?? typed];
  return [...new Set(texts.flatMap((text) => contactKey(text) ?? []))];
}

/** Whether a text was given up, as it is shortened or replaced instead of being typed further. Notes the next one. */
function isGivenUp(guesses: Guesses, next: string): boolean {
  const { last, isRising } = guesses;
  guesses.last = next;
  guesses.isRising = last === null || !last.startsWith(next);
  return last !== null && isRising && !next.startsWith(last);
}

export function createContactProbes({
  eventWindows,
  now,
}: {
  readonly eventWindows: Pick<EventWindows, 'record'>;
  readonly now: () => number;
}): ContactProbes {
  const guesses = new Map<string, Guesses>();
  const days = new Map<string, { readonly until: number; attempts: number }>();
  /** Counts an attempt of the day; returns how many there were. */
  const countInDay = (operatorId: string): number => {
    const found = days.get(operatorId);
    const day = found !== undefined && now() < found.until ? found : { until: now() + dayMs, attempts: 0 };
    days.set(operatorId, day);
    day.attempts += 1;
    return day.attempts;
  };
  const current = (operatorId: string): Guesses | undefined => {
    const found = guesses.get(operatorId);
    if (found === undefined || now() < found.until) return found;
    guesses.delete(operatorId);
    return undefined;
  };
  const noteGuess = async (operatorId: string, key: string, origin: Origin): Promise<void> => {
    const found = current(operatorId) ?? {
      until: now() + windowMs,
      texts: new Set(),
      last: null,
      isRising: true,
      variations: 0,
      attempts: 0,
    };
    guesses.set(operatorId, found);
    if (found.texts.has(key)) return;
    const varies = [...found.texts].some((other) => isVariation(key, other));
    if (found.texts.size < maxTexts) found.texts.add(key);
    const givenUp = isGivenUp(found, key);
    if (!varies && !givenUp) return;
    if (varies) found.variations += 1;
    if (givenUp) found.attempts += 1;
    const isOften =
      (givenUp && countInDay(operatorId) >= recordedInDayFrom) ||
      found.variations >= recordedFrom ||
      found.attempts >= attemptsRecordedFrom;
    if (!isOften) return;
    await eventWindows.record({
      key: `contact-probed ${operatorId}`,
      origin,
      event: {
        action: 'accounts.contact-probed',
        outcome: 'refused',
        facts: { guesses: Math.max(found.variations, found.attempts) },
      },
    });
  };
  return {
    assertAllowed(operatorId, text) {
      const found = current(operatorId);
      if (found === undefined || askedContacts(text).length === 0) return;
      if (found.variations < refusedFrom && found.attempts < attemptsRefusedFrom) return;
      throw new Refusal('request.rate-limited', { until: new Date(found.until).toISOString() });
    },

    async note(operatorId, text, matched, origin) {
      if (matched) return;
      for (const key of askedContacts(text)) await noteGuess(operatorId, key, origin);
    },
  };
}
