import { layout } from '../layout.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { secretField } from '../choose-password/new-password-fields.ts';
import { timeTag } from '../times.ts';
import { texts } from '../texts.ts';

/** What a page of the account says first. */
export type Notice = {
  /** `look`: neither done nor refused. */
  readonly kind: 'good' | 'bad' | 'look';
  readonly text: string;
} | null;

export const noticeLine = (said: Notice): Markup =>
  said === null
    ? nothing
    : said.kind === 'bad'
      ? html`<p class="bad" role="alert">${said.text}</p>`
      : html`<p class="${said.kind}" role="status">${said.text}</p>`;

/** A page below the account: its content, and the way back. */
export const accountFrame = (title: string, name: string, said: Notice, content: Markup): string =>
  layout(
    title,
    html`${noticeLine(said)}${content}
      <p class="below"><a href="/account">${texts.account.back}</a></p>`,
    { wide: true, script: true, signedInAs: name },
  );

/** A change right after a reset, which waits for somebody at the help desk; until when, in milliseconds. */
export const heldNotice = (until: number): Markup =>
  html`<div class="look" role="status">
    <p>${texts.account.held.lead} ${timeTag(until)}. ${texts.account.held.end}</p>
  </div>`;

/** Asks for the password once more, before what a passer-by must not do. */
export const currentPasswordField = (): Markup =>
  secretField('current', texts.account.confirm.password, 'current-password');
