import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { timeTag, formatDuration } from '../times.ts';
import { texts } from '../texts.ts';

/** Why the form is shown again. `until` and `now` in milliseconds. */
export type ForgotTrouble =
  | { readonly kind: 'not-an-address' }
  | { readonly kind: 'slowed'; readonly until: number; readonly now: number };

/** The form that asks for a link. */
export function forgotPage(trouble: ForgotTrouble | null = null, address = ''): string {
  const { forgot } = texts;
  const said =
    trouble === null
      ? nothing
      : trouble.kind === 'slowed'
        ? html`<p class="bad" role="alert">
            ${forgot.slowed} ${timeTag(trouble.until)}, in ${formatDuration(trouble.until - trouble.now)}.
          </p>`
        : html`<p class="bad" role="alert" id="wrong">${forgot.notAnAddress}</p>`;
  return layout(
    forgot.title,
    html`<p>${forgot.lead}</p>
      ${said}
      <form method="post" action="/forgot-password">
        <label for="address">${forgot.address}</label>
        <input
          id="address"
          name="address"
          type="email"
          inputmode="email"
          value="${address}"
          autocomplete="email"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="254"
          autofocus
          ${trouble?.kind === 'not-an-address' ? html`aria-invalid="true" aria-describedby="wrong"` : nothing}
        />
        <button>${forgot.button}</button>
      </form>
      <p class="below"><a href="/login">${forgot.back}</a></p>`,
    { script: true },
  );
}

/** What everybody is told who asked, whatever the address is. */
export function sentPage(address: string, hours: number): string {
  const { sent, back } = texts.forgot;
  return layout(
    sent.title,
    html`<div class="good" role="status">
        <p>${sent.lead} <strong>${address}</strong></p>
      </div>
      <p>${sent.next.replace('{{hours}}', String(hours))}</p>
      <p>${sent.nothing}</p>
      <p><a href="/forgot-password">${sent.again}</a></p>
      <p><a href="/login">${back}</a></p>`,
  );
}
