import type { EnrolmentView } from '../../../credentials/enrolment/enrolment.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import { layout } from '../layout.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { timeTag } from '../times.ts';
import { texts } from '../texts.ts';
import { noticeLine, type Notice } from './account-frame.ts';

const { account: text } = texts;

const row = (title: string, state: Markup, href: string, link: string): Markup =>
  html`<li>
    <div>
      <p><strong>${title}</strong></p>
      <p class="soft">${state}</p>
    </div>
    <a href="${href}" aria-label="${title}: ${link}">${link}</a>
  </li>`;

/** What can be used to get into the account, line by line. */
export const enrolledRows = ({ authenticator, recoveryCodes, questions }: EnrolmentView): Markup[] => [
  row(
    text.authenticator.title,
    authenticator
      ? html`${text.authenticator.on} ${timeTag(authenticator.confirmedAt)}.`
      : html`${text.authenticator.off}`,
    '/account/authenticator',
    text.authenticator.link,
  ),
  row(
    text.codes.title,
    recoveryCodes
      ? html`${recoveryCodes.left} ${text.codes.left} ${timeTag(recoveryCodes.createdAt)}.`
      : html`${text.codes.none}`,
    '/account/recovery-codes',
    text.codes.link,
  ),
  row(
    text.questions.title,
    questions.length > 0 ? html`${questions.length} ${text.questions.set}` : html`${text.questions.none}`,
    '/account/questions',
    text.questions.link,
  ),
];

const contactRow = (email: string | null): Markup =>
  row(text.contact.title, html`${email ?? text.contact.none}`, '/account/contact', text.contact.link);
const sessionsRow = row(text.sessions.title, nothing, '/account/sessions', text.sessions.link);
const activityRow = row(text.activity.title, nothing, '/account/activity', text.activity.link);

/** Where a signed-in user is. */
export const accountPage = (
  { display_name: name, user_name: userName, email }: AccountRow,
  view: EnrolmentView,
  proof: Markup,
  { said, reviewDue }: { said: Notice; reviewDue: boolean },
): string =>
  layout(
    text.title,
    html`${proof}${noticeLine(said)}
      <p>${text.as} <strong>${name}</strong> (${userName}).</p>
      ${
        reviewDue
          ? html`<div class="look">
              <p>${text.review.prompt}</p>
              <p><a href="/account/review">${text.review.go}</a></p>
            </div>`
          : nothing
      }
      <ul class="rows">
        ${[
          row(text.password.title, html`${text.password.text}`, '/change-password', text.password.button),
          contactRow(email),
          ...enrolledRows(view),
          sessionsRow,
          activityRow,
        ]}
      </ul>`,
    { wide: true, script: true, signedInAs: name },
  );

/** The prompt after a reset: everything that leads into the account, at one glance. */
export const reviewPage = (
  { display_name: name, email, phone }: AccountRow,
  recovery: readonly string[],
  view: EnrolmentView,
  proof: Markup,
): string => {
  const contact = (title: string, value: string | null) =>
    row(title, html`${value ?? text.review.none}`, '/account/contact', text.contact.link);
  return layout(
    text.review.title,
    html`${proof}
      <p>${text.review.prompt}</p>
      <ul class="rows">
        ${[
          contact(text.review.email, email),
          contact(text.review.phone, phone),
          contact(text.contact.recovery, recovery.length === 0 ? null : recovery.join(', ')),
          ...enrolledRows(view),
          sessionsRow,
          activityRow,
        ]}
      </ul>
      <p>${text.review.wrong}</p>
      <form method="post" action="/account/review"><button>${text.review.button}</button></form>`,
    { wide: true, script: true, signedInAs: name },
  );
};
