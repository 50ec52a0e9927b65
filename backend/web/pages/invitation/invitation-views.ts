import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../../../shared/password-policy/texts/explain.ts';
import type { LinkPurpose } from '../../../operators/operator-mails.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { t, texts } from '../texts.ts';

interface Choosing {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly userName: string;
  /** The rules for the password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
}

/** The form behind the link; it needs no script. */
export function invitationPage({ token, purpose, userName, asked, faults }: Choosing): string {
  const { choose, invitation } = texts;
  const wrong =
    faults.length === 0
      ? nothing
      : html`<div class="bad" role="alert">
          <p>${invitation.notSet}</p>
          <ul>
            ${faults.map((fault) => html`<li>${explainFault(fault, asked)}</li>`)}
          </ul>
        </div>`;
  return layout(
    invitation[purpose].title,
    html`<p>${t(`invitation.${purpose}.lead`, { userName: html`<strong>${userName}</strong>` })}</p>
      ${wrong}
      <ul id="rules" class="rules">
        ${describePolicy(asked).map(({ words: line }) => html`<li>${line}</li>`)}
      </ul>
      <form method="post" action="/invitation">
        <input type="hidden" name="token" value="${token}" />
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
        <button>${invitation[purpose].button}</button>
      </form>`,
  );
}

/** The confirmation; the operator continues in the console, not in the browser. */
export const joinedPage = (publicUrl: string): string =>
  layout(
    texts.invitation.done.title,
    html`<p class="good" role="status">${texts.invitation.done.text}</p>
      <p>${t('invitation.done.address', { address: html`<strong>${publicUrl}</strong>` })}</p>`,
  );

export const deadInvitationPage = (): string =>
  layout(texts.invitation.dead.title, html`<p>${texts.invitation.dead.text}</p>`);
