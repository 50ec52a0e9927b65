import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { Owner } from '../../../../shared/password-policy/owner.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../../../shared/password-policy/texts/explain.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { t, texts } from '../texts.ts';
import { passwordRules } from './password-rules.ts';

/** The faults of the last attempt. */
export const faultsList = (
  faults: readonly PasswordFault[],
  asked: PasswordPolicy,
  lead: string = texts.choose.notChanged,
): Markup =>
  faults.length === 0
    ? nothing
    : html`<div class="bad" role="alert">
        <p>${lead}</p>
        <ul>
          ${faults.map((fault) => html`<li>${explainFault(fault, asked)}</li>`)}
        </ul>
      </div>`;

/** The rules for a new password, below its fields, so that a phone shows the fields first. The page script marks each one as met or not while the user types. */
export function rulesList(asked: PasswordPolicy, owner: Owner): Markup {
  // The organisation's blocked words stay in the backend.
  const policy = JSON.stringify({ ...asked, blocked: [] });
  return html`<p class="soft" id="rules-title">${texts.choose.rules}</p>
    <ul
      id="rules"
      class="rules"
      aria-labelledby="rules-title"
      data-policy="${policy}"
      data-owner="${JSON.stringify(owner)}"
    >
      ${describePolicy(asked).map(({ rule, words: line }) => html`<li data-rule="${rule}">${line}</li>`)}
      ${asked.history > 0 ? html`<li data-rule="used-before">${t('choose.history', { count: asked.history })}</li>` : nothing}
    </ul>`;
}

/** A password field; the page script adds a button that reveals it. */
export const secretField = (
  id: string,
  label: string,
  autocomplete: 'current-password' | 'new-password',
  more: Markup = nothing,
): Markup =>
  html`<label for="${id}">${label}</label>
    <div class="secret">
      <input
        id="${id}"
        name="${id}"
        type="password"
        autocomplete="${autocomplete}"
        autocapitalize="none"
        spellcheck="false"
        required
        ${more}
      />
    </div>`;

/** The two fields for a new password. `focus` puts the cursor into the first. */
export const newPasswordFields = (asked: PasswordPolicy, userName: string, focus: boolean): Markup =>
  html`<input
      class="unseen"
      name="userName"
      value="${userName}"
      autocomplete="username"
      readonly
      tabindex="-1"
      aria-hidden="true"
    />
    ${secretField(
      'password',
      texts.choose.password,
      'new-password',
      html`aria-describedby="rules"
      passwordrules="${passwordRules(asked)}"${focus ? html` autofocus` : nothing}`,
    )}
    ${secretField(
      'repeated',
      texts.choose.repeated,
      'new-password',
      html`passwordrules="${passwordRules(asked)}"`,
    )}`;
