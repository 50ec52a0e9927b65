import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { asciiDigits } from '../../../../shared/typed/digits.ts';
import { squash } from '../../../text/squash.ts';
import { gregorianOf, withoutEra } from './eras.ts';
import { type ClockTime, endOfDay, instantOf } from './zoned-time.ts';

/** A date as a file states it. A day lasts to its end, in the desk's time zone. */
export type ReadDate =
  | { readonly kind: 'never' }
  /** `isMonth`: the text names only the month, of which this is the last day. */
  | { readonly kind: 'day'; readonly day: ClockTime; readonly isMonth?: true }
  /** A time on the desk's clock. */
  | { readonly kind: 'clock'; readonly time: ClockTime }
  | { readonly kind: 'instant'; readonly at: number }
  /** Either number could be the day or the month. */
  | { readonly kind: 'ambiguous' };

const never = new Set(
  `never none null nil na unlimited notset notexpiring doesnotexpire neverexpires noexpiry noexpiration accountneverexpires indefinite permanent open openended
   nie niemals unbefristet keinablauf lauftnieab laeuftnieab keine kein unbegrenzt dauerhaft
   jamais illimite sanslimite nexpirejamais aucune aucun indeterminee cdi
   nunca ilimitado indefinido noexpira sincaducidad ninguno ninguna
   nodate keindatum ohnedatum ohne kontolauftnieab nocaduca sinfecha sansdate nexpirepas nonscademai
   nincs soha aldri aldrig koskaan eikoskaan nigdy nikdy нет никогда ніколи asla suresiz ποτέ niciodata 절대 없음 从不 永不 永不过期 永久 無
   mai illimitato nonscade nooit onbeperkt nuncaexpira semlimite indeterminado なし 無期限`
    .trim()
    .split(/\s+/u)
    .map(squash),
);

/** Months, as squashed, in the languages of the column names and of the words for states. */
const months = new Map<string, number>();
for (const [at, name] of 'i ii iii iv v vi vii viii ix x xi xii'.split(' ').entries())
  months.set(name, at + 1);
for (const names of [
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'jan feb mrz apr mai jun jul aug sep okt nov dez',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'janv fevr mars avr mai juin juil aout sept oct nov dec',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'ene feb mar abr may jun jul ago sept oct nov dic',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar mars april mai juni juli august september oktober november desember',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia',
  'ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince',
  'januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra',
  'januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
]) {
  for (const [at, name] of names.split(' ').entries()) months.set(squash(name), at + 1);
}

const filetimeEpoch = 11_644_473_600_000;
const maxFiletime = 9_223_372_036_854_775_807n;
/** Days of Excel between 1954 and 2119; smaller numbers are no dates. */
const [firstSerial, lastSerial] = [20_000, 80_000];

/** Reads a number that directories and spreadsheets write for an instant. */
function readNumber(text: string, order: ImportMapping['dateOrder']): ReadDate | null {
  // Excel shows the largest FILETIME rounded.
  if (/^0+$|^-1$|^9[.,]2\d*E\+?18$/iu.test(text)) return { kind: 'never' };
  const compact = /^(\d{4})(\d\d)(\d\d)$/u.exec(text);
  if (compact) {
    const read = dayOf(Number(compact[1]), Number(compact[2]), Number(compact[3]));
    // 31122026: no month is the 20th, with which these years begin.
    const [, first, second, year] = /^(\d\d)(\d\d)(20\d\d)$/u.exec(text) ?? [];
    return (
      read ?? (first === undefined ? null : eitherOrder(Number(first), Number(second), Number(year), order))
    );
  }
  if (/^\d{16,19}$/u.test(text)) {
    const filetime = BigInt(text);
    const at = Number(filetime / 10_000n) - filetimeEpoch;
    return filetime === maxFiletime || isFar(new Date(at).getUTCFullYear())
      ? { kind: 'never' }
      : { kind: 'instant', at };
  }
  const serial = Number(text.replace(',', '.'));
  if (/^\d{5}(?:[.,]\d+)?$/u.test(text) && serial >= firstSerial && serial <= lastSerial) {
    const date = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000);
    const time = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
    };
    return Number.isInteger(serial) ? { kind: 'day', day: time } : { kind: 'clock', time };
  }
  // Seconds or milliseconds since 1970.
  if (/^1\d{9}$|^2\d{9}$/u.test(text)) return { kind: 'instant', at: Number(text) * 1000 };
  if (/^[12]\d{12}$/u.test(text)) return { kind: 'instant', at: Number(text) };
  // The first and the last second that .NET and Java know.
  return /^-62135\d{6}(?:\d{3})?$|^2534\d{8}(?:\d{3})?$/u.test(text) ? { kind: 'never' } : null;
}

/** Systems write the first or last day that they support for "no date". */
const isFar = (year: number): boolean => !(year > 1601 && year < 9000);

/** The first days of the calendars of Excel, SQL Server and Unix also mean "no date". */
const isZero = (year: number, month: number, day: number): boolean =>
  (year === 1970 && month === 1 && day === 1) ||
  (year === 1753 && month === 1 && day === 1) ||
  (year === 1900 && month === 1 && day === 1) ||
  (year === 1899 && month === 12);

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function dayOf(year: number, month: number, day: number): ReadDate | null {
  // Excel shows its day zero as 0 January 1900.
  if (day === 0 && ((year === 0 && month === 0) || (year === 1900 && month <= 1))) return { kind: 'never' };
  const gregorian = gregorianOf(year, month, day);
  if (gregorian !== undefined)
    return gregorian !== null && isDay(gregorian.year, gregorian.month, gregorian.day)
      ? { kind: 'day', day: gregorian }
      : null;
  if (!isDay(year, month, day)) return null;
  return isFar(year) || isZero(year, month, day)
    ? { kind: 'never' }
    : { kind: 'day', day: { year, month, day } };
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 + Number(year) : Number(year));

const clock =
  /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:uhr|h)?\s*(z|(?:utc|gmt)?[+-]\d{2}:?\d{2}|(?:utc|gmt)?[+-]\d{1,2}|utc|gmt)?(?:\s*[([][^)\]]*[)\]]|\s*\p{Lu}{3,5}|\s+\p{Lu}\p{L}+\/\p{Lu}\p{L}+)?$/iu;

/** Joins a day with the time that follows it; null if the text is no time. */
function withTime(day: ReadDate | null, rest: string): ReadDate | null {
  if (day === null || day.kind !== 'day' || rest === '') return day;
  const [, hours, minutes, seconds = '0', fraction = '0', half, zone] =
    clock.exec(rest.replace(/^(?:at|um|à|a las|o|klo)\s+/iu, '')) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const time = {
    ...day.day,
    hour,
    minute: Number(minutes),
    second: Number(seconds),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1000),
  };
  if (zone === undefined) return { kind: 'clock', time };
  const [, sign, offsetHours = '0', offsetMinutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?$/u.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  return { kind: 'instant', at: instantOf(time, 'UTC') - offset * 60_000 };
}

/** Two numbers of which one is the day and one the month, with a year. */
function eitherOrder(
  first: number,
  second: number,
  year: number,
  order: ImportMapping['dateOrder'],
): ReadDate | null {
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)];
  if (dayFirst?.kind === 'never' || monthFirst?.kind === 'never') return { kind: 'never' };
  if (dayFirst === null || monthFirst === null || first === second) {
    // With a given order, a date that is valid only in the other one is a mistake.
    if (order === 'day-first' && dayFirst === null) return null;
    if (order === 'month-first' && monthFirst === null) return null;
    return dayFirst ?? monthFirst;
  }
  if (order === undefined) return { kind: 'ambiguous' };
  return order === 'day-first' ? dayFirst : monthFirst;
}

const instantOrNever = (at: number): ReadDate =>
  isFar(new Date(at).getUTCFullYear()) ? { kind: 'never' } : { kind: 'instant', at };

/** Reads the times of LDAP and WMI without separators: on the desk's clock, or with an offset in minutes. */
function readCompact([, year, month, day, hour, minute, second, offset]: RegExpExecArray): ReadDate | null {
  const read = withTime(
    dayOf(Number(year), Number(month), Number(day)),
    `${hour ?? ''}:${minute ?? ''}:${second ?? ''}`,
  );
  if (offset === undefined || read?.kind !== 'clock') return read;
  return { kind: 'instant', at: instantOf(read.time, 'UTC') - Number(offset) * 60_000 };
}

/**
 * Reads a date as directories, personnel systems and spreadsheets write it: FILETIME, GeneralizedTime, ISO 8601, days and times in local notations, names
 * of months, days of Excel, seconds since 1970, words for "never". Null for any other text.
 */
export function readDate(text: string, order?: ImportMapping['dateOrder']): ReadDate | null {
  if (text.length > 100) return null;
  const value = asciiDigits(text.normalize('NFKC'))
    .replaceAll(/[\p{Z}\p{Cf}]+/gu, ' ')
    // A remark behind the date: "31.12.2026 (befristet)". One behind a time may be its zone.
    .replace(/(?<=^[\d./-]{8,10}) \([^()]*\)$/u, '')
    .trim();
  if (never.has(squash(value)) || /^[-–—∞]+$/u.test(value)) return { kind: 'never' };
  const western = withoutEra(value);
  if (western !== value) return readDate(western, order);
  const local = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?([+-]\d{3})?$/u.exec(value);
  if (local) return readCompact(local);
  if (/^-?\d+(?:[.,]\d+)?(?:E\+?\d+)?$/iu.test(value)) return readNumber(value, order);
  const generalized = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d{4})$/iu.exec(value);
  if (generalized) {
    const [, year, month, day, hour, minute = '00', second = '00', zone] = generalized;
    return withTime(dayOf(Number(year), Number(month), Number(day)), `${hour}:${minute}:${second}${zone}`);
  }
  const serialised = /^\/?Date\((-?\d+)(?:[+-]\d{4})?\)\/?$/u.exec(value);
  if (serialised) return instantOrNever(Number(serialised[1]));
  const yearFirst =
    /^(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[.日일]?(?:[T ]\s*(.*))?$/iu.exec(value);
  if (yearFirst) {
    const [, year, month, day, rest = ''] = yearFirst;
    return withTime(dayOf(Number(year), Number(month), Number(day)), rest.trim());
  }
  const monthAlone = /^(\d{1,2})[./-](20\d\d)$|^(20\d\d)[./-](\d{1,2})$/u.exec(value);
  if (monthAlone) {
    const [, before, yearAfter, yearBefore, after] = monthAlone;
    return lastDayOf(Number(yearAfter ?? yearBefore), Number(before ?? after));
  }
  // "Thu, 31 Dec 2026" and "Thu Dec 31 2026": the day of the week is ignored.
  const plain = value.replace(/^\p{L}{2,10}\.?,?\s+(?=\d|\p{L}{3,10}\.?\s+\d{1,2},?\s)/u, (week) =>
    months.has(squash(week)) ? week : '',
  );
  const dots = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,?\s+(.*))?$/u.exec(plain);
  if (dots) {
    const [, day, month, year = '', rest = ''] = dots;
    return withTime(dayOf(fullYear(year), Number(month), Number(day)), rest.trim());
  }
  const slashes = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:,?\s+(.*))?$/u.exec(plain);
  if (slashes) {
    const [, first, second, year = '', rest = ''] = slashes;
    const read = eitherOrder(Number(first), Number(second), fullYear(year), order);
    return withTime(read, rest.trim());
  }
  return readNamedMonth(plain);
}

/** A month without a day, as contracts have it: its last day. */
function lastDayOf(year: number, month: number): ReadDate | null {
  if (month < 1 || month > 12) return null;
  const day = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { kind: 'day', day: { year, month, day }, isMonth: true };
}

/** Reads dates with the name of a month: "31. Dezember 2026", "Dec 31, 2026 5:00 PM", "31-Dec-26", "Dec 31 23:59:59 CET 2026". */
function readNamedMonth(text: string): ReadDate | null {
  const value = text.replace(
    /^(\p{L}+ \d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: \p{Lu}{3,5})?) (\d{4})$/u,
    '$1 $3 $2',
  );
  const yearFirst = /^(\d{4})\.?\s+(\p{L}+)\.?\s+(\d{1,2})\.?$/u.exec(value);
  if (yearFirst) {
    const month = months.get(squash(yearFirst[2] ?? ''));
    return month === undefined ? null : dayOf(Number(yearFirst[1]), month, Number(yearFirst[3]));
  }
  const dayFirst =
    /^(\d{1,2})(?:\.|st|nd|rd|th|er|re|º|ª|°)?[\s/-]*(?:de |di |d')?(\p{L}+)\.?[\s/-]*(?:de |del )?,?\s*(\d{4}|\d{2})(?:\s?[гр]\.)?(?:,?\s+(.*))?$/iu.exec(
      value,
    );
  if (dayFirst) {
    const [, day, name = '', year = '', rest = ''] = dayFirst;
    const month = months.get(squash(name));
    return month === undefined ? null : withTime(dayOf(fullYear(year), month, Number(day)), rest.trim());
  }
  const [, only = '', itsYear] =
    /^(\p{L}+)\.?[\s/-]+(?:de |del )?(20\d\d)(?:\s?[гр]\.)?$/iu.exec(value) ?? [];
  const onlyMonth = months.get(squash(only));
  if (onlyMonth !== undefined) return lastDayOf(Number(itsYear), onlyMonth);
  const monthFirst = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(.*))?$/iu.exec(value);
  if (!monthFirst) return null;
  const [, name = '', day, year, rest = ''] = monthFirst;
  const month = months.get(squash(name));
  return month === undefined ? null : withTime(dayOf(Number(year), month, Number(day)), rest.trim());
}

/** Reads a day as a number of days since 1970, as the accounts of Unix have it. */
export function readUnixDay(text: string): ReadDate | null {
  if (!/^-?\d{1,6}$/u.test(text)) return readDate(text);
  const days = Number(text);
  const date = new Date(days * 86_400_000);
  // An account without an expiry has -1 or nothing; some tools write a far day.
  return days <= 0 || isFar(date.getUTCFullYear()) || days >= 99_999
    ? { kind: 'never' }
    : dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** The last millisecond that a date allows; null for "never". */
export function lastInstantOf(date: Exclude<ReadDate, { kind: 'ambiguous' }>, zone: string): number | null {
  if (date.kind === 'never') return null;
  if (date.kind === 'instant') return date.at;
  return date.kind === 'day' ? endOfDay(date.day, zone) : instantOf(date.time, zone);
}

/** The day that a date with midnight behind it is meant to be, as databases write days. */
export function withoutMidnight(date: ReadDate): ReadDate {
  if (date.kind === 'clock') {
    const { year, month, day, hour = 0, minute = 0, second = 0 } = date.time;
    return hour === 0 && minute === 0 && second === 0 ? { kind: 'day', day: { year, month, day } } : date;
  }
  if (date.kind !== 'instant' || date.at % 86_400_000 !== 0) return date;
  const at = new Date(date.at);
  return {
    kind: 'day',
    day: { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
  };
}

/** The first millisecond of a date; null for "never". */
export function firstInstantOf(date: Exclude<ReadDate, { kind: 'ambiguous' }>, zone: string): number | null {
  if (date.kind === 'never') return null;
  if (date.kind === 'instant') return date.at;
  if (date.kind === 'clock') return instantOf(date.time, zone);
  const { year, month, day } = date.day;
  return instantOf({ year, month, day: date.isMonth === true ? 1 : day }, zone);
}

/** The order of day and month that a column's own dates show; null if they show both or none. */
export function dateOrderOf(texts: Iterable<string>): 'day-first' | 'month-first' | 'ambiguous' | null {
  let [dayFirst, monthFirst, open] = [0, 0, 0];
  for (const text of texts) {
    const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b/u.exec(text) ?? [];
    if (first === undefined || second === undefined) continue;
    if (Number(first) > 12) dayFirst += 1;
    else if (Number(second) > 12) monthFirst += 1;
    else if (first !== second) open += 1;
  }
  if (dayFirst > 0 && monthFirst === 0) return 'day-first';
  if (monthFirst > 0 && dayFirst === 0) return 'month-first';
  return open > 0 ? 'ambiguous' : null;
}
