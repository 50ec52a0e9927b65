import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { LinkPurpose } from '../../../operators/operator-mails.ts';
import { layout } from '../layout.ts';
import { faultsList, newPasswordFields, rulesList } from '../choose-password/new-password-fields.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';

interface Choosing {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly userName: string;
  /** The rules for the password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
}

/** The form behind the link; it works without the page script. */
export function invitationPage({ token, purpose, userName, asked, faults }: Choosing): string {
  const { invitation } = texts;
  return layout(
    invitation[purpose].title,
    html`<p>${t(`invitation.${purpose}.lead`, { userName: html`<strong>${userName}</strong>` })}</p>
      ${faultsList(faults, asked, invitation.notSet)}
      <form method="post" action="/invitation">
        <input type="hidden" name="token" value="${token}" />
        ${newPasswordFields(asked, userName, true)}
        ${rulesList(asked, { userName, displayName: '', email: null })}
        <button>${invitation[purpose].button}</button>
      </form>`,
    { script: true },
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
