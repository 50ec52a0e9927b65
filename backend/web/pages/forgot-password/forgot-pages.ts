import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { contactBlock } from '../contact-block.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { timeTag, formatDuration } from '../times.ts';
import { t, texts } from '../texts.ts';

/** Why the form is shown again. `until` and `now` are in milliseconds. */
export type ForgotTrouble =
  | { readonly kind: 'invalid-address' }
  | { readonly kind: 'rate-limited'; readonly until: number; readonly now: number };

/** The form that requests a reset link. */
export function forgotPage(trouble: ForgotTrouble | null = null, address = ''): string {
  const { forgot } = texts;
  const message =
    trouble === null
      ? nothing
      : trouble.kind === 'rate-limited'
        ? html`<p class="bad" role="alert">
            ${t('forgot.limited', {
              time: timeTag(trouble.until),
              duration: formatDuration(trouble.until - trouble.now),
            })}
          </p>`
        : html`<p class="bad" role="alert" id="wrong">${forgot.invalidAddress}</p>`;
  return layout(
    forgot.title,
    html`<p>${forgot.lead}</p>
      ${message}
      <form method="post" action="/forgot-password">
        <label for="address">${forgot.address}</label>
        <input
          id="address"
          name="address"
          value="${address}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="400"
          autofocus
          ${trouble?.kind === 'invalid-address' ? html`aria-invalid="true" aria-describedby="wrong hint"` : html`aria-describedby="hint"`}
        />
        <p class="hint" id="hint">${forgot.identifierHint}</p>
        <button>${forgot.button}</button>
      </form>
      <p class="below"><a href="/login">${forgot.toLogin}</a></p>`,
    { script: true },
  );
}

/** Shown while no mail can be sent, because the form would promise a link that never arrives. */
export function noMailPage(desk: PolicyDocument['deskContact']): string {
  const { title, noMail, toLogin } = texts.forgot;
  return layout(
    title,
    html`<p class="bad" role="alert">${noMail}</p>
      ${contactBlock(desk)}
      <p><a href="/login">${toLogin}</a></p>`,
  );
}

/**
 * The answer to every request, whether or not it names an account. `validFor` is in seconds. With the help desk's contact data, it says that mails are
 * delayed.
 */
export function sentPage(
  address: string,
  validFor: number,
  delayed: PolicyDocument['deskContact'] | null = null,
): string {
  const { sent, toLogin } = texts.forgot;
  return layout(
    sent.title,
    html`<div class="good" role="status">
        <p>${t('forgot.sent.lead', { address: html`<strong>${address}</strong>` })}</p>
      </div>
      <p>${t('forgot.sent.next', { hours: formatDuration(validFor * 1000) })}</p>
      ${
        delayed === null
          ? nothing
          : html`<p class="bad" role="alert">${sent.delayed}</p>
              ${contactBlock(delayed)}`
      }
      <p>${sent.missing}</p>
      <p>${sent.mailbox}</p>
      <p><a href="/forgot-password">${sent.again}</a></p>
      <p><a href="/login">${toLogin}</a></p>`,
  );
}
