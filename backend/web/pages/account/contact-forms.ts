import type { ContactFault, ContactPart } from '../../../self-service/contact-rules.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, currentPasswordField } from './account-frame.ts';

const { contact: text, confirm } = texts.account;

/** Why the last attempt failed. */
export type FormFault = ContactFault | 'wrong-password';
/** Every fault, for the schema of a refused form. */
export const formFaults = [
  'wrong-password',
  'not-an-address',
  'not-a-number',
  'known',
  'too-many',
  'too-often',
  'not-sent',
  'not-permitted',
] as const satisfies readonly FormFault[];
const noticeOf = (fault: FormFault | null) =>
  fault === null
    ? null
    : { kind: 'bad' as const, text: fault === 'wrong-password' ? confirm.wrong : text.faults[fault] };

const kinds = {
  email: { type: 'text', autocomplete: 'email', inputmode: 'email' },
  phone: { type: 'tel', autocomplete: 'tel', inputmode: 'tel' },
  'recovery-address': { type: 'text', autocomplete: 'email', inputmode: 'email' },
} as const;

/** The form for a new address or number. */
export function contactForm(
  name: string,
  part: ContactPart,
  { value, fault }: { readonly value: string; readonly fault: FormFault | null },
): string {
  const form = text.forms[part];
  const { type, autocomplete, inputmode } = kinds[part];
  return accountFrame(
    form.title,
    name,
    noticeOf(fault),
    html`<p>${form.lead}</p>
      <form method="post" action="/account/contact/${part}">
        <label for="value">${form.label}</label>
        <input
          id="value"
          name="value"
          type="${type}"
          inputmode="${inputmode}"
          autocomplete="${autocomplete}"
          required
          maxlength="254"
          value="${value}"
        />
        ${currentPasswordField()}
        <button>${form.button}</button>
      </form>
      <p class="below"><a href="/account/contact">${text.title}</a></p>`,
  );
}

/** The form for the verification code that was sent to a new address or number. */
export const contactCodeForm = (name: string, changeId: string, sentTo: string, wrong: boolean): string =>
  accountFrame(
    text.code.title,
    name,
    wrong ? { kind: 'bad', text: text.code.wrong } : null,
    html`<p>${t('account.contact.code.sent', { address: html`<strong>${sentTo}</strong>` })}</p>
      <form method="post" action="/account/contact/code">
        <input type="hidden" name="change" value="${changeId}" />
        <label for="code">${text.code.label}</label>
        <input
          id="code"
          name="code"
          class="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          required
          maxlength="200"
          autofocus
        />
        <button>${text.code.button}</button>
      </form>
      <p class="below"><a href="/account/contact">${text.code.back}</a></p>`,
  );

/** Confirms the removal of a recovery address. */
export const removeForm = (
  name: string,
  { id, address }: { readonly id: string; readonly address: string },
  wrongPassword: boolean,
): string =>
  accountFrame(
    text.forms.remove.title,
    name,
    noticeOf(wrongPassword ? 'wrong-password' : null),
    html`<p>${t('account.contact.forms.remove.lead', { address: html`<strong>${address}</strong>` })}</p>
      <form method="post" action="/account/contact/remove">
        <input type="hidden" name="address" value="${id}" />
        ${currentPasswordField()}
        <button class="stop">${text.forms.remove.button}</button>
      </form>
      <p class="below"><a href="/account/contact">${text.title}</a></p>`,
  );
