import { html, type Markup } from './markup.ts';
import { t } from './texts.ts';

/** In UTC, since the backend does not know the reader's time zone. The page script replaces it by local time. */
const formatUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A duration in milliseconds as text, rounded up to minutes; from two days on, in whole days. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return t('times.minutes', { count: minutes }).text;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('times.days', { count: Math.floor(hours / 24) }).text;
  const wholeHours = t('times.hours', { count: hours });
  if (minutes % 60 === 0) return wholeHours.text;
  return t('times.and', { hours: wholeHours, minutes: t('times.minutes', { count: minutes % 60 }) }).text;
}

/** A `time` element for an instant in milliseconds. Readers without the page script see `shown`. */
export const timeTag = (at: number, shown = formatUtc(at)): Markup =>
  html`<time datetime="${new Date(at).toISOString()}">${shown}</time>`;

/** Like {@link timeTag}, but with the date even for today, for lists with times of several days. */
export const datedTime = (at: number): Markup =>
  html`<time datetime="${new Date(at).toISOString()}" data-dated>${formatUtc(at)}</time>`;

/**
 * The end of a validity and the time left until then; the page script counts down. Both instants are in milliseconds of the backend's clock, so a
 * wrong clock in the browser does not matter.
 */
export function remainingTime(lead: string, until: number, now: number): Markup {
  const left = html`<span data-seconds="${Math.max(0, Math.floor((until - now) / 1000))}"
    >${t('times.left', { duration: formatDuration(until - now) })}</span
  >`;
  return html`<p class="soft">${t('times.remaining', { lead, time: timeTag(until), left })}</p>`;
}
