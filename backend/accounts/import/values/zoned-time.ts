/** A date and time on the clock of some zone. */
export interface ClockTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Milliseconds by which the zone's clock is ahead of UTC at an instant. */
function offsetAt(zone: string, at: number): number {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const clock = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return clock - Math.floor(at / 1000) * 1000;
}

/** The instant, in milliseconds, at which a zone's clock shows a time; the later one if the clock shows the time twice. */
export function instantOf(time: ClockTime, zone: string): number {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = time;
  const clock = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  if (zone === 'UTC') return clock;
  const guess = clock - offsetAt(zone, clock);
  return clock - offsetAt(zone, guess);
}

const daysKept = 2000;
const ends = new Map<string, number>();

/** The last millisecond of a day in a zone. */
export function endOfDay(time: ClockTime, zone: string): number {
  const key = `${zone} ${time.year} ${time.month} ${time.day}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  const next = new Date(Date.UTC(time.year, time.month - 1, time.day + 1));
  const end =
    instantOf({ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }, zone) -
    1;
  if (ends.size >= daysKept) ends.clear();
  ends.set(key, end);
  return end;
}
