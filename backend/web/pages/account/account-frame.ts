import { layout } from '../layout.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { secretField } from '../choose-password/new-password-fields.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';

/** The message at the top of a page, or null. */
export type Notice = {
  /** `look`: neither success nor failure. The names are the classes of the style sheet. */
  readonly kind: 'good' | 'bad' | 'look';
  readonly text: string;
} | null;

export const noticeLine = (notice: Notice): Markup =>
  notice === null
    ? nothing
    : notice.kind === 'bad'
      ? html`<p class="bad" role="alert">${notice.text}</p>`
      : html`<p class="${notice.kind}" role="status">${notice.text}</p>`;

/** A page below the account page, with a link back to it. */
export const accountFrame = (title: string, name: string, notice: Notice, content: Markup): string =>
  layout(
    title,
    html`${noticeLine(notice)}${content}
      <p class="below"><a href="/account">${texts.account.back}</a></p>`,
    { wide: true, script: true, signedInAs: name },
  );

/** The notice for a change that waits for the help desk until `until` (milliseconds). */
export const heldNotice = (until: number): Markup =>
  html`<div class="look" role="status">
    <p>${t('account.held.until', { time: timeTag(until) })}</p>
  </div>`;

/** Asks for the password again, so that someone at an unattended browser cannot make the change. */
export const currentPasswordField = (): Markup =>
  secretField('current', texts.account.confirm.password, 'current-password');
