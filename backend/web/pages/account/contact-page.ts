import type { ContactLine, ContactView } from '../../../self-service/contact-view.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { timeTag } from '../times.ts';
import { texts } from '../texts.ts';
import { accountFrame, type Notice } from './account-frame.ts';

const { contact: text, held } = texts.account;

const rests = (until: number | null, lead: string): Markup =>
  until === null ? nothing : html`<p class="soft">${lead} ${timeTag(until)}.</p>`;

const line = (title: string, { value, changeable, coolingUntil, unconfirmed }: ContactLine, href: string) =>
  html`<li>
    <div>
      <p><strong>${title}</strong></p>
      <p>${value ?? text.none}</p>
      ${unconfirmed ? html`<p class="soft">${text.unconfirmed}</p>` : nothing}
      ${rests(coolingUntil, text.restsUntil)}
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
                  <p class="soft">${held.since} ${timeTag(at)} · ${held.until} ${timeTag(until)}</p>
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
function where({ managedByDirectory, email, phone }: ContactView): Markup {
  if (managedByDirectory !== null)
    return html`<p>
      ${text.elsewhere}${managedByDirectory.where === '' ? nothing : html` ${managedByDirectory.where}`}
    </p>`;
  return email.changeable && phone.changeable ? nothing : html`<p class="soft">${text.notHere}</p>`;
}

/** Every address and number on file, the way to change each, and what waits for the help desk. */
export const contactPage = (name: string, view: ContactView, said: Notice): string =>
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
        view.canAddAddress
          ? html`<p><a class="button quiet" href="/account/contact/recovery-address">${text.add}</a></p>`
          : nothing
      }`,
  );
