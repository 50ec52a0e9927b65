import type { ContactLine, ContactView } from '../../../self-service/contact-view.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { instant } from '../times.ts';
import { words } from '../texts.ts';
import { accountFrame, type Said } from './account-frame.ts';

const { contact: text, held } = words.account;

const rests = (until: number | null, lead: string): Markup =>
  until === null ? nothing : html`<p class="soft">${lead} ${instant(until)}.</p>`;

const line = (title: string, { value, mayChange, restsUntil, unconfirmed }: ContactLine, href: string) =>
  html`<li>
    <div>
      <p><strong>${title}</strong></p>
      <p>${value ?? text.none}</p>
      ${unconfirmed ? html`<p class="soft">${text.unconfirmed}</p>` : nothing}
      ${rests(restsUntil, text.restsUntil)}
    </div>
    ${mayChange ? html`<a href="${href}" aria-label="${title}: ${text.change}">${text.change}</a>` : nothing}
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
                  <p class="soft">${held.since} ${instant(at)} · ${held.until} ${instant(until)}</p>
                </div>
                <form method="post" action="/account/contact/withdraw">
                  <input type="hidden" name="change" value="${id}" />
                  <button class="quiet small" aria-label="${held.take}: ${held.kinds[kind]}">
                    ${held.take}
                  </button>
                </form>
              </li>`,
          )}
        </ul>`;

/** Why what cannot be changed here cannot. */
function where({ elsewhere, email, phone }: ContactView): Markup {
  if (elsewhere !== null)
    return html`<p>${text.elsewhere}${elsewhere.where === '' ? nothing : html` ${elsewhere.where}`}</p>`;
  return email.mayChange && phone.mayChange ? nothing : html`<p class="soft">${text.notHere}</p>`;
}

/** Every address and number on file, the way to change each, and what waits for the help desk. */
export const contactPage = (name: string, view: ContactView, said: Said): string =>
  accountFrame(
    text.title,
    name,
    said,
    html`<p>${text.lead}</p>
      ${heldRows(view)}${where(view)}
      <ul class="rows">
        ${[
          line(text.email, view.email, '/account/contact/email'),
          line(text.phone, view.phone, '/account/contact/phone'),
          ...view.recovery.map(
            ({ id, address, restsUntil }) =>
              html`<li>
                <div>
                  <p><strong>${text.recovery}</strong></p>
                  <p>${address}</p>
                  ${rests(restsUntil, text.noLinkBefore)}
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
        view.mayAdd
          ? html`<p><a class="button quiet" href="/account/contact/recovery-address">${text.add}</a></p>`
          : nothing
      }`,
  );
