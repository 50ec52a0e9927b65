const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** The clock today, the date before. */
export function clockWords(iso: string, now = Date.now()): string {
  const at = new Date(iso);
  return at.toDateString() === new Date(now).toDateString() ? time.format(at) : date.format(at);
}
export const clockTime = (iso: string): string => time.format(new Date(iso));
export const fullStamp = (iso: string): string => new Date(iso).toLocaleString();
