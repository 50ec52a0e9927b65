import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import type { NotMe } from '../../../casework/freezes/freezes.ts';
import { contactLines } from '../../../messaging/mail/contact-lines.ts';
import { layout } from '../layout.ts';
import { html, type Markup } from '../markup.ts';

const words = {
  good: {
    title: 'This was not you?',
    lead: 'Then somebody may be trying to get into the account',
    does: 'Press the button, and the account is frozen at once: reset links and temporary passwords stop working, everybody is signed out, and nobody can sign in until the help desk has talked to you.',
    button: 'Freeze the account',
  },
  frozen: {
    title: 'The account is frozen',
    text: 'Nobody can sign in or set a password now, and the help desk has been alerted. Talk to them; they will let the account go when all is well.',
  },
  dead: {
    title: 'This link is no longer good',
    text: 'It is too old, or was used before. If something happened to your account that you did not do, talk to the help desk at once.',
  },
} as const;

const contact = (desk: PolicyDocument['deskContact']): Markup =>
  html`<p id="contact">
    ${contactLines(desk)
      .split('\n')
      .map((line) => html`${line}<br />`)}
  </p>`;

/** What the link in a mail leads to: one button, or why there is none. */
export function notMePage(notMe: NotMe, token: string, desk: PolicyDocument['deskContact']): string {
  if (notMe.kind === 'good') {
    const { title, lead, does, button } = words.good;
    return layout(
      title,
      html`<p>${lead} <strong>${notMe.account.user_name}</strong>.</p>
        <p>${does}</p>
        <form method="post" action="/not-me">
          <input type="hidden" name="token" value="${token}" />
          <button>${button}</button>
        </form>
        ${contact(desk)}`,
    );
  }
  const { title, text } = words[notMe.kind];
  return layout(
    title,
    html`<p role="status">${text}</p>
      ${contact(desk)}`,
  );
}
