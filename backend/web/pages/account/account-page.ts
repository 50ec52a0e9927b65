import { recoveryCodeCount } from '../../../credentials/enrolment/recovery-codes.ts';
import type { EnrolmentView } from '../../../credentials/enrolment/enrolment.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import { layout } from '../layout.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
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

/** The sign-in methods of an account, one row each. */
export const enrolledRows = ({ authenticator, recoveryCodes, questions }: EnrolmentView): Markup[] => [
  row(
    text.authenticator.title,
    authenticator
      ? t('account.authenticator.on', { time: timeTag(authenticator.confirmedAt) })
      : html`${text.authenticator.off}`,
    '/account/authenticator',
    authenticator ? text.authenticator.change : text.authenticator.setUp,
  ),
  row(
    text.codes.title,
    recoveryCodes
      ? t('account.codes.left', {
          count: recoveryCodes.left,
          total: recoveryCodeCount,
          time: timeTag(recoveryCodes.createdAt),
        })
      : html`${text.codes.none}`,
    '/account/recovery-codes',
    text.codes.link,
  ),
  row(
    text.questions.title,
    questions.length > 0
      ? t('account.questions.set', { count: questions.length })
      : html`${text.questions.none}`,
    '/account/questions',
    text.questions.link,
  ),
];

const contactRow = (email: string | null): Markup =>
  row(text.contact.title, html`${email ?? text.contact.none}`, '/account/contact', text.contact.link);
const sessionsRow = row(text.sessions.title, nothing, '/account/sessions', text.sessions.link);
const activityRow = row(text.activity.title, nothing, '/account/activity', text.activity.link);

/** The account page. */
export const accountPage = (
  { display_name: name, user_name: userName, email }: AccountRow,
  view: EnrolmentView,
  proof: Markup,
  { notice, reviewDue }: { notice: Notice; reviewDue: boolean },
): string =>
  layout(
    text.title,
    html`${proof}${noticeLine(notice)}
      <p>${t('account.signedInAs', { name: html`<strong>${name}</strong>`, userName })}</p>
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

/** The review after a reset: everything that gives access to the account. */
export const reviewPage = (
  { display_name: name, email, phone }: AccountRow,
  recovery: readonly string[],
  view: EnrolmentView,
  proof: Markup,
): string => {
  const contact = (title: string, value: string | null, link: string) =>
    row(title, html`${value ?? text.review.none}`, '/account/contact', link);
  return layout(
    text.review.title,
    html`${proof}
      <p>${text.review.prompt}</p>
      <ul class="rows">
        ${[
          contact(text.review.email, email, text.review.changeEmail),
          contact(text.review.phone, phone, text.review.changePhone),
          contact(
            text.contact.recovery,
            recovery.length === 0 ? null : recovery.join(', '),
            text.review.changeRecovery,
          ),
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
