import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { timeTag, remainingTime } from '../times.ts';
import { t, texts } from '../texts.ts';
import { faultsList, newPasswordFields, rulesList, secretField } from './new-password-fields.ts';

export interface Choosing {
  readonly action: '/change-password' | '/reset';
  /** The link's token, for a form that comes from a link. */
  readonly token?: string;
  /** Why the user chooses a password. For `required`, `reason` is the administrator's and `until` the due date. */
  readonly why: 'temporary' | 'required' | 'own' | 'link';
  readonly reason?: string;
  readonly account: AccountRow;
  /** The rules for the new password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
  /** The form also asks for the current password. */
  readonly asksCurrent?: boolean;
  readonly currentWrong?: boolean;
  /** When the link or temporary password expires, in milliseconds; null if it does not. */
  readonly until: number | null;
  readonly now: number;
}

/** The form for a new password: its rules, the time left, and the faults of the last attempt. */
export function choosePage(choosing: Choosing): string {
  const { action, token, why, reason, account, asked, faults, asksCurrent = false } = choosing;
  const { currentWrong = false, until, now } = choosing;
  const { choose } = texts;
  const lead =
    why === 'link'
      ? html`<p>${t('choose.leadFor', { userName: html`<strong>${account.user_name}</strong>` })}</p>`
      : why === 'required'
        ? html`<p>${choose.leadRequired}</p>
            <p><strong>${reason ?? ''}</strong></p>`
        : html`<p>${why === 'temporary' ? choose.lead : choose.leadOwn}</p>`;
  const owner = { userName: account.user_name, displayName: account.display_name, email: account.email };
  const time =
    until === null
      ? nothing
      : why === 'required'
        ? html`<p class="soft">${t('choose.requiredBy', { time: timeTag(until) })}</p>`
        : remainingTime(why === 'link' ? choose.linkUntil : choose.temporaryUntil, until, now);
  return layout(
    choose.title,
    html`${lead}${time}
      ${currentWrong ? html`<p class="bad" role="alert">${choose.currentWrong}</p>` : nothing}
      ${faultsList(faults, asked)}
      <form method="post" action="${action}">
        ${token === undefined ? nothing : html`<input type="hidden" name="token" value="${token}" />`}
        ${asksCurrent ? secretField('current', choose.current, 'current-password', html`autofocus`) : nothing}
        ${newPasswordFields(asked, account.user_name, !asksCurrent)} ${rulesList(asked, owner)}
        <button>${why === 'link' ? choose.reset : choose.button}</button>
      </form>`,
    { script: true, ...(why === 'own' && { signedInAs: account.display_name }) },
  );
}
