import type { PasswordPolicy } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { describePolicy, explainFault } from '../../shared/password-policy/words/explain.ts';
import { html, nothing, type Markup } from './markup.ts';
import { words } from './words.ts';

/** The frame of every page. */
export const layout = (title: string, content: Markup): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · Reset Desk</title>
        <link rel="stylesheet" href="/pages.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.text;

export type LoginNotice = Exclude<keyof typeof words.login, 'title' | 'userName' | 'password' | 'button'>;

const good: ReadonlySet<LoginNotice> = new Set(['link-used', 'signed-out'] as const);

/** The sign-in form; the user name that was typed stays. */
export function loginPage(notice: LoginNotice | null, userName = ''): string {
  const { login } = words;
  const said =
    notice === null
      ? nothing
      : good.has(notice)
        ? html`<p class="good" role="status">${login[notice]}</p>`
        : html`<p class="bad" role="alert">${login[notice]}</p>`;
  const filled = userName !== '';
  return layout(
    login.title,
    html`${said}
      <form method="post" action="/login">
        <label for="user">${login.userName}</label>
        <input
          id="user"
          name="userName"
          value="${userName}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="120"
          ${filled ? nothing : html` autofocus`}
        />
        <label for="password">${login.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required${filled ? html` autofocus` : nothing}
        />
        <button>${login.button}</button>
      </form>`,
  );
}

interface Choosing {
  readonly action: '/change-password' | '/reset';
  /** The link's token, for a form that comes from a link. */
  readonly token?: string;
  readonly why: 'temporary' | 'own' | 'link';
  readonly userName: string;
  /** What is asked of the new password. */
  readonly asked: PasswordPolicy;
  readonly faults: readonly PasswordFault[];
}

/** The form for a new password, with its rules and what was wrong with the last try. */
export function choosePage({ action, token, why, userName, asked, faults }: Choosing): string {
  const { choose } = words;
  const lead =
    why === 'link'
      ? html`<p>${choose.leadFor} <strong>${userName}</strong>.</p>`
      : html`<p>${why === 'temporary' ? choose.lead : choose.leadOwn}</p>`;
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
    choose.title,
    html`${lead}${wrong}
      <ul id="rules">
        ${describePolicy(asked).map(({ words: line }) => html`<li>${line}</li>`)}
        ${asked.history > 0 ? html`<li>${choose.history}</li>` : nothing}
      </ul>
      <form method="post" action="${action}">
        ${token === undefined ? nothing : html`<input type="hidden" name="token" value="${token}" />`}
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
        <button>${choose.button}</button>
      </form>`,
  );
}

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

export function deadLinkPage(): string {
  const { link } = words;
  return layout(
    link.dead,
    html`<p>${link.why}</p>
      <p><a href="/login">${link.toLogin}</a></p>`,
  );
}

export function troublePage(reference: string | null): string {
  const { trouble } = words;
  return layout(
    trouble.title,
    reference === null
      ? html`<p>${trouble.refused}</p>`
      : html`<p>${trouble.text} <strong>${reference}</strong></p>`,
  );
}

export const notFoundPage = (): string =>
  layout(words.notFound.title, html`<p><a href="/login">${words.link.toLogin}</a></p>`);
