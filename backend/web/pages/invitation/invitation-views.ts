import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../../../shared/password-policy/texts/explain.ts';
import type { LinkPurpose } from '../../../operators/operator-mails.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { texts } from '../texts.ts';
import { invitation } from '../texts/invitation.ts';

interface Choosing {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly userName: string;
  /** What is asked of the password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
}

/** The form behind the link; it works without any script. */
export function invitationPage({ token, purpose, userName, asked, faults }: Choosing): string {
  const said = invitation[purpose];
  const { choose } = texts;
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
    said.title,
    html`<p>${said.lead} <strong>${userName}</strong>. ${said.next}</p>
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
        <button>${said.button}</button>
      </form>`,
  );
}

/** What to do next, since the console is not in the browser. */
export const joinedPage = (publicUrl: string): string =>
  layout(
    invitation.done.title,
    html`<p class="good" role="status">${invitation.done.text}</p>
      <p>${invitation.done.address} <strong>${publicUrl}</strong></p>`,
  );

export const deadInvitationPage = (): string =>
  layout(invitation.dead.title, html`<p>${invitation.dead.text}</p>`);
