import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { words } from '../words.ts';

/** Where a signed-in user is. */
export function accountPage(displayName: string, changed: boolean): string {
  const { account } = words;
  return layout(
    account.title,
    html`${changed ? html`<p class="good" role="status">${account.changed}</p>` : nothing}
      <p>${account.as} <strong>${displayName}</strong>.</p>
      <a class="button" href="/change-password">${account.change}</a>
      <form method="post" action="/logout"><button class="quiet">${account.signOut}</button></form>`,
  );
}
