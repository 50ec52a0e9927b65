/** The years before the first one of an era of Japan's calendar. */
const eras: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  r: 2018,
  h: 1988,
  s: 1925,
  民國: 1911,
  民国: 1911,
};

/**
 * A date of the calendar of Japan or Taiwan, as in `令和8年12月31日`, `R8.12.31`, `民國115年12月31日` and `115/12/31`, with the year of the western
 * one.
 */
export const withoutEra = (text: string): string =>
  text
    .replace(
      /^(令和|平成|昭和|民[國国]|[RHS](?=\d{1,2}[./-]\d{1,2}[./-]))\s?(\d{1,3}|元)/iu,
      (_all, era: string, year: string) =>
        String((eras[era.toLowerCase()] ?? 0) + (year === '元' ? 1 : Number(year))),
    )
    .replace(/^1\d\d(?=\s?[./年-]\s?\d{1,2}\s?[./月-]\s?\d{1,2}\s?日?$)/u, (year) =>
      String(Number(year) + 1911),
    );

/** Calendars by the years in which the western ones from about 2010 to 2060 are, and how far their years are behind. */
const calendars = [
  { name: 'persian', first: 1389, last: 1430, behind: 621 },
  { name: 'islamic-umalqura', first: 1431, last: 1480, behind: 579 },
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(calendar: string): Intl.DateTimeFormat {
  const known = formats.get(calendar);
  if (known) return known;
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formats.set(calendar, format);
  return format;
}

/** The numbers of a day in a calendar. */
function inCalendar(
  format: Intl.DateTimeFormat,
  at: number,
): readonly [year: number, month: number, day: number] {
  const parts = new Map(
    format.formatToParts(at).map(({ type, value }) => [type as string, Number.parseInt(value, 10)]),
  );
  return [parts.get('year') ?? 0, parts.get('month') ?? 0, parts.get('day') ?? 0];
}

/**
 * The western date of a day in the Persian, Islamic or Thai calendar, recognised by its year; null if that year has no such day, undefined for any other year. Without it, a last day in 1405 would
 * count as one that a system writes for "no date", and one in 2569 as far away.
 */
export function gregorianOf(
  year: number,
  month: number,
  day: number,
): { readonly year: number; readonly month: number; readonly day: number } | null | undefined {
  if (year >= 2553 && year < 2600) return { year: year - 543, month, day };
  const calendar = calendars.find(({ first, last }) => year >= first && year <= last);
  if (calendar === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const format = formatOf(calendar.name);
  // Within two years of the estimate, the day is found by steps of the difference.
  let at = Date.UTC(year + calendar.behind, 0, 1);
  for (let step = 0; step < 12; step += 1) {
    const [itsYear, itsMonth, itsDay] = inCalendar(format, at);
    if (itsYear === year && itsMonth === month && itsDay === day) {
      const found = new Date(at);
      return { year: found.getUTCFullYear(), month: found.getUTCMonth() + 1, day: found.getUTCDate() };
    }
    const months = (year - itsYear) * 12 + month - itsMonth;
    const days = months === 0 ? day - itsDay : Math.round(months * 29.5) + (day - itsDay);
    at += days * 86_400_000;
  }
  return null;
}
