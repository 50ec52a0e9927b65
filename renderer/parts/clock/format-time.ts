const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dateOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** The clock today, the date before, with its year when that is another. */
export function clockWords(iso: string, now = Date.now()): string {
  const [at, today] = [new Date(iso), new Date(now)];
  if (at.toDateString() === today.toDateString()) return time.format(at);
  return (at.getFullYear() === today.getFullYear() ? date : dateOfYear).format(at);
}
/** The clock today, date and clock on another day: for what is still to come. */
export function momentWords(iso: string, now = Date.now()): string {
  const at = new Date(iso);
  const today = at.toDateString() === new Date(now).toDateString();
  return today ? time.format(at) : `${clockWords(iso, now)}, ${time.format(at)}`;
}
export const clockTime = (iso: string): string => time.format(new Date(iso));
export const fullStamp = (iso: string): string => new Date(iso).toLocaleString();

const pad = (part: number) => String(part).padStart(2, '0');
const clockOf = (seconds: number): string => {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
};

/** `59:41` or `23:59:00`; a begun second counts, so that it ends at 0:00 and not before. Never below zero. */
export const formatRemaining = (milliseconds: number): string =>
  clockOf(Math.max(0, Math.ceil(milliseconds / 1000)));

/** `2:14`: whole seconds gone by. Never below zero, whatever the two computers' clocks say. */
export const formatElapsed = (milliseconds: number): string =>
  clockOf(Math.max(0, Math.floor(milliseconds / 1000)));

/** Whether an instant has gone by, by this computer's clock: for days, not for seconds. */
export const isPast = (iso: string): boolean => Date.parse(iso) < Date.now();
