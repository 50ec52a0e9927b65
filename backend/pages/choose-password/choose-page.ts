import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../../shared/password-policy/words/explain.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { words } from '../words.ts';

export interface Choosing {
  readonly action: '/change-password' | '/reset';
  /** The link's token, for a form that comes from a link. */
  readonly token?: string;
  readonly why: 'temporary' | 'own' | 'link';
  readonly userName: string;
  /** What is asked of the new password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
}

/** The form for a new password, with its rules and what was wrong with the last try. */
export function choosePage({ action, token, why, userName, asked, faults }: Choosing): string {
  const { choose } = words;
  const lead =
    why === 'link'
      ? html`<p>${choose.leadFor} <strong>${userName}</strong>.</p>`
      : html`<p>${why === 'temporary' ? choose.lead : choose.leadOwn}</p>`;
  const wrong =
    faults.length === 0
      ? nothing
      : html`<div class="bad" role="alert">
          <p>${choose.notYet}</p>
          <ul>
            ${faults.map((fault) => html`<li>${explainFault(fault, asked)}</li>`)}
          </ul>
        </div>`;
  return layout(
    choose.title,
    html`${lead}${wrong}
      <ul id="rules">
        ${describePolicy(asked).map(({ words: line }) => html`<li>${line}</li>`)}
        ${asked.history > 0 ? html`<li>${choose.history}</li>` : nothing}
      </ul>
      <form method="post" action="${action}">
        ${token === undefined ? nothing : html`<input type="hidden" name="token" value="${token}" />`}
        <input type="hidden" name="userName" value="${userName}" autocomplete="username" />
        <label for="password">${choose.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          aria-describedby="rules"
          required
          autofocus
        />
        <label for="repeated">${choose.repeated}</label>
        <input id="repeated" name="repeated" type="password" autocomplete="new-password" required />
        <button>${choose.button}</button>
      </form>`,
  );
}
