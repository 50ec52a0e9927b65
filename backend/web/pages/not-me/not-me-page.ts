import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import type { NotMe } from '../../../casework/freezes/freezes.ts';
import { confirmBox } from '../confirm-box.ts';
import { contactBlock } from '../contact-block.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';

/** The page behind the "This was not me" link: the button that freezes the account, or why the link is not valid. `isRefused`: the box was not ticked. */
export function notMePage(
  notMe: NotMe,
  token: string,
  desk: PolicyDocument['deskContact'],
  isRefused: boolean,
): string {
  if (notMe.kind === 'good') {
    const { title, effect, confirm, button } = texts.notMe.good;
    return layout(
      title,
      html`<p>${t('notMe.good.lead', { userName: html`<strong>${notMe.account.user_name}</strong>` })}</p>
        <p>${effect}</p>
        <form method="post" action="/not-me">
          <input type="hidden" name="token" value="${token}" />
          ${confirmBox(confirm, isRefused)}
          <button>${button}</button>
        </form>
        ${contactBlock(desk)}`,
    );
  }
  const { title, text } = texts.notMe[notMe.kind];
  return layout(
    title,
    html`<p role="status">${text}</p>
      ${contactBlock(desk)}`,
  );
}
