import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import type { Report } from '../../../casework/reports/reports.ts';
import { confirmBox } from '../confirm-box.ts';
import { contactBlock } from '../contact-block.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';

/** The page behind the report link of readers who do not own the account: the button that reports the email, or its outcome. `isRefused`: the box was not ticked. */
export function reportPage(
  report: Report,
  token: string,
  desk: PolicyDocument['deskContact'],
  isRefused: boolean,
): string {
  if (report.kind === 'good') {
    const { title, confirm, button } = texts.report.good;
    const { effect } = texts.report.good[report.about];
    const userName = html`<strong>${report.userName}</strong>`;
    return layout(
      title,
      html`<p>${t(`report.good.${report.about}.lead`, { userName })}</p>
        <p>${effect}</p>
        <form method="post" action="/report">
          <input type="hidden" name="token" value="${token}" />
          ${confirmBox(confirm, isRefused)}
          <button>${button}</button>
        </form>
        ${contactBlock(desk)}`,
    );
  }
  const text = report.kind === 'dead' ? texts.report.dead.text : texts.report.reported[report.about];
  return layout(
    texts.report[report.kind].title,
    html`<p role="status">${text}</p>
      ${contactBlock(desk)}`,
  );
}
