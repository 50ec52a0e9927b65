const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dateOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** A past instant: the time if it is today, otherwise the date, with the year if it is not this one. */
export function formatPastTime(iso: string, now = Date.now()): string {
  const [at, today] = [new Date(iso), new Date(now)];
  if (at.toDateString() === today.toDateString()) return time.format(at);
  return (at.getFullYear() === today.getFullYear() ? date : dateOfYear).format(at);
}
/** A coming instant: the time if it is today, otherwise date and time. */
export function formatFutureTime(iso: string, now = Date.now()): string {
  const at = new Date(iso);
  const today = at.toDateString() === new Date(now).toDateString();
  return today ? time.format(at) : `${formatPastTime(iso, now)}, ${time.format(at)}`;
}
/** The date with its year. */
export const formatDate = (iso: string): string => dateOfYear.format(new Date(iso));
export const clockTime = (iso: string): string => time.format(new Date(iso));
export const fullStamp = (iso: string): string => new Date(iso).toLocaleString();

const pad = (part: number) => String(part).padStart(2, '0');
const clockOf = (seconds: number): string => {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
};

/** `59:41` or `23:59:00`, rounded up to whole seconds, so that 0:00 means over. Never below zero. */
export const formatRemaining = (milliseconds: number): string =>
  clockOf(Math.max(0, Math.ceil(milliseconds / 1000)));

/** `2:14`, rounded down to whole seconds. Never below zero, even if the clocks of console and server differ. */
export const formatElapsed = (milliseconds: number): string =>
  clockOf(Math.max(0, Math.floor(milliseconds / 1000)));

/** Whether an instant has passed by this computer's clock, which is precise enough for days but not for seconds. */
export const isPast = (iso: string): boolean => Date.parse(iso) < Date.now();
