import type { ContactLine, ContactView } from '../../../self-service/contact-view.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, type Notice } from './account-frame.ts';

const { contact: text, held } = texts.account;

const coolingLine = (until: number | null, path: 'coolingUntil' | 'noLinkBefore'): Markup =>
  until === null
    ? nothing
    : html`<p class="soft">${t(`account.contact.${path}`, { time: timeTag(until) })}</p>`;

const line = (title: string, { value, changeable, coolingUntil, unconfirmed }: ContactLine, href: string) =>
  html`<li>
    <div>
      <p><strong>${title}</strong></p>
      <p>${value ?? text.none}</p>
      ${unconfirmed ? html`<p class="soft">${text.unconfirmed}</p>` : nothing}
      ${coolingLine(coolingUntil, 'coolingUntil')}
    </div>
    ${changeable ? html`<a href="${href}" aria-label="${title}: ${text.change}">${text.change}</a>` : nothing}
  </li>`;

const heldRows = ({ held: rows }: ContactView): Markup =>
  rows.length === 0
    ? nothing
    : html`<h2>${held.title}</h2>
        <ul class="rows">
          ${rows.map(
            ({ id, kind, shown, at, until }) =>
              html`<li>
                <div>
                  <p><strong>${held.kinds[kind]}</strong>${shown === null ? nothing : html`: ${shown}`}</p>
                  <p class="soft">${t('account.held.times', { at: timeTag(at), until: timeTag(until) })}</p>
                </div>
                <form method="post" action="/account/contact/withdraw">
                  <input type="hidden" name="change" value="${id}" />
                  <button class="quiet small" aria-label="${held.cancel}: ${held.kinds[kind]}">
                    ${held.cancel}
                  </button>
                </form>
              </li>`,
          )}
        </ul>`;

/** Why contact data cannot be changed here. */
function changeHint({ managedByDirectory, email, phone }: ContactView): Markup {
  if (managedByDirectory !== null)
    return html`<p>
      ${text.managedElsewhere}${managedByDirectory.where === '' ? nothing : html` ${managedByDirectory.where}`}
    </p>`;
  return email.changeable && phone.changeable ? nothing : html`<p class="soft">${text.deskOnly}</p>`;
}

/** The addresses and numbers on file, a link to change each, and the changes on hold. */
export const contactPage = (name: string, view: ContactView, notice: Notice): string =>
  accountFrame(
    text.title,
    name,
    notice,
    html`<p>${text.lead}</p>
      ${heldRows(view)}${changeHint(view)}
      <ul class="rows">
        ${[
          line(text.email, view.email, '/account/contact/email'),
          line(text.phone, view.phone, '/account/contact/phone'),
          ...view.recovery.map(
            ({ id, address, coolingUntil }) =>
              html`<li>
                <div>
                  <p><strong>${text.recovery}</strong></p>
                  <p>${address}</p>
                  ${coolingLine(coolingUntil, 'noLinkBefore')}
                </div>
                <a
                  href="/account/contact/remove?address=${encodeURIComponent(id)}"
                  aria-label="${text.remove}: ${address}"
                  >${text.remove}</a
                >
              </li>`,
          ),
        ]}
      </ul>
      ${
        view.canAddAddress
          ? html`<p><a class="button quiet" href="/account/contact/recovery-address">${text.add}</a></p>`
          : nothing
      }`,
  );
