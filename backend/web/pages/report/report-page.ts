import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { contactLines } from '../../../messaging/mail/contact-lines.ts';
import type { Report } from '../../../casework/reports/reports.ts';
import { layout } from '../layout.ts';
import { html, type Markup } from '../markup.ts';

const words = {
  good: {
    title: 'You know nothing of this?',
    account: {
      lead: 'The mail was about the account',
      does: 'Press the button, and the account is flagged at once: no password is reset for it any more without a second pair of eyes, and the help desk is alerted. Speak to the person it belongs to, on a number that you know.',
    },
    operator: {
      lead: 'The mail was about your access to the help desk,',
      does: 'Press the button, and every session of yours ends, links to a new password stop working, and the administrators are alerted. Sign in again and change your password, or talk to an administrator.',
    },
    button: 'Report it',
  },
  reported: {
    title: 'Thank you. It is reported',
    account: 'The account is flagged, and the help desk has been alerted. Speak to the person it belongs to.',
    operator:
      'Your sessions have ended, and links to a new password stopped working. The administrators have been alerted: talk to one of them.',
  },
  dead: {
    title: 'This link is no longer good',
    text: 'It is too old. If something is wrong, talk to the help desk at once.',
  },
} as const;

const contact = (desk: PolicyDocument['deskContact']): Markup =>
  html`<p id="contact">
    ${contactLines(desk)
      .split('\n')
      .map((line) => html`${line}<br />`)}
  </p>`;

/** What the link for readers who are not the owner leads to: one button, or what became of it. */
export function reportPage(report: Report, token: string, desk: PolicyDocument['deskContact']): string {
  if (report.kind === 'good') {
    const { title, button } = words.good;
    const { lead, does } = words.good[report.about];
    return layout(
      title,
      html`<p>${lead} <strong>${report.userName}</strong>.</p>
        <p>${does}</p>
        <form method="post" action="/report">
          <input type="hidden" name="token" value="${token}" />
          <button>${button}</button>
        </form>
        ${contact(desk)}`,
    );
  }
  const text = report.kind === 'dead' ? words.dead.text : words.reported[report.about];
  return layout(
    words[report.kind].title,
    html`<p role="status">${text}</p>
      ${contact(desk)}`,
  );
}
