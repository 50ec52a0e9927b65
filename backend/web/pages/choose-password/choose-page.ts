import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { timeTag, remainingTime } from '../times.ts';
import { texts } from '../texts.ts';
import { faultsList, newPasswordFields, rulesList, secretField } from './new-password-fields.ts';

export interface Choosing {
  readonly action: '/change-password' | '/reset';
  /** The link's token, for a form that comes from a link. */
  readonly token?: string;
  /** `required`: an administrator asks for it; `reason` says why, and `until` by when. */
  readonly why: 'temporary' | 'required' | 'own' | 'link';
  readonly reason?: string;
  readonly account: AccountRow;
  /** What is asked of the new password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
  /** Asks for the password in force as well. */
  readonly asksCurrent?: boolean;
  readonly currentWrong?: boolean;
  /** How long the link or the temporary password is good, in milliseconds, if it ends. */
  readonly until: number | null;
  readonly now: number;
}

/** The form for a new password, with its rules, its time, and what was wrong with the last try. */
export function choosePage(choosing: Choosing): string {
  const { action, token, why, reason, account, asked, faults, asksCurrent = false } = choosing;
  const { currentWrong = false, until, now } = choosing;
  const { choose } = texts;
  const lead =
    why === 'link'
      ? html`<p>${choose.leadFor} <strong>${account.user_name}</strong>.</p>`
      : why === 'required'
        ? html`<p>${choose.leadRequired}</p>
            <p><strong>${reason ?? ''}</strong></p>`
        : html`<p>${why === 'temporary' ? choose.lead : choose.leadOwn}</p>`;
  const owner = { userName: account.user_name, displayName: account.display_name, email: account.email };
  const time =
    until === null
      ? nothing
      : why === 'required'
        ? html`<p class="soft">${choose.requiredBy} ${timeTag(until)}.</p>`
        : remainingTime(why === 'link' ? choose.linkUntil : choose.temporaryUntil, until, now);
  return layout(
    choose.title,
    html`${lead}${time}
      ${currentWrong ? html`<p class="bad" role="alert">${choose.currentWrong}</p>` : nothing}
      ${faultsList(faults, asked)}${rulesList(asked, owner)}
      <form method="post" action="${action}">
        ${token === undefined ? nothing : html`<input type="hidden" name="token" value="${token}" />`}
        ${asksCurrent ? secretField('current', choose.current, 'current-password', html`autofocus`) : nothing}
        ${newPasswordFields(asked, account.user_name, !asksCurrent)}
        <button>${why === 'link' ? choose.reset : choose.button}</button>
      </form>`,
    { script: true, ...(why === 'own' && { signedInAs: account.display_name }) },
  );
}
