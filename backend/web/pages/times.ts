import { html, type Markup } from './markup.ts';

/** Instants as pages tell them, since nobody knows the reader's time zone; the script puts the reader's own in its place. */
const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Milliseconds in words, from days down to minutes. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return plural(Math.floor(hours / 24), 'day');
  return minutes % 60 === 0
    ? plural(hours, 'hour')
    : `${plural(hours, 'hour')} and ${plural(minutes % 60, 'minute')}`;
}

/** An instant in the past or future (milliseconds), and how it is told to who has no script. */
export const timeTag = (at: number, told = stamp(at)): Markup =>
  html`<time datetime="${new Date(at).toISOString()}">${told}</time>`;

/**
 * Until when something is good, and how much of that is left; with the script the rest counts down. Seconds are counted from when the page was
 * made, whatever the reader's clock says.
 */
export const remainingTime = (lead: string, until: number, now: number): Markup =>
  html`<p class="soft">
    ${lead} ${timeTag(until)},
    <span data-seconds="${Math.max(0, Math.floor((until - now) / 1000))}"
      >for another ${formatDuration(until - now)}</span
    >.
  </p>`;
