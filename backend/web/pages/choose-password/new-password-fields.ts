import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { Owner } from '../../../../shared/password-policy/owner.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../../../shared/password-policy/texts/explain.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { texts } from '../texts.ts';
import { passwordRules } from './password-rules.ts';

/** What was wrong with the last try. */
export const faultsList = (faults: readonly PasswordFault[], asked: PasswordPolicy): Markup =>
  faults.length === 0
    ? nothing
    : html`<div class="bad" role="alert">
        <p>${texts.choose.notYet}</p>
        <ul>
          ${faults.map((fault) => html`<li>${explainFault(fault, asked)}</li>`)}
        </ul>
      </div>`;

/** What is asked of a new password; with the script each line says whether it is kept while somebody types. */
export function rulesList(asked: PasswordPolicy, owner: Owner): Markup {
  // The words that an organisation has ruled out stay with us.
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
      ${asked.history > 0 ? html`<li data-rule="used-before">${texts.choose.history}</li>` : nothing}
    </ul>`;
}

/** A field for a secret; the script gives it a button that shows what is typed. */
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

/** The two fields of a new password. `focus` unless another field comes before them. */
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
