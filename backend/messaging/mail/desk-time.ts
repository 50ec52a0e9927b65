import type { PolicyDocument } from '../../../shared/api/policy.ts';

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone in which the desk tells times: the one that the policy names, else that of the computer which the backend runs on. */
export const deskZone = ({ timeZone }: PolicyDocument['deskContact']): string =>
  timeZone === '' ? ownZone : timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: making one takes longer than all else that a mail needs. */
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

/** An instant to the minute as mails tell it, in the desk's zone, which it names, since nobody knows the reader's. */
export function deskTime(at: number, contact: PolicyDocument['deskContact']): string {
  const parts = formatIn(deskZone(contact)).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}
