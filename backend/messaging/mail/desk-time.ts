import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { deskZone } from '../../policy/desk-zone.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Cached per zone: creating a format takes longer than the rest of a mail. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  formats.set(timeZone, made);
  return made;
}

/** An instant (milliseconds) to the minute, in the desk's time zone, with the name of the zone. */
export function deskTime(at: number, contact: PolicyDocument['deskContact']): string {
  const parts = formatIn(deskZone(contact)).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}
