import { secretField } from '../choose-password/new-password-fields.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { texts } from '../texts.ts';

export type LoginNotice =
  'wrong' | 'temporary-expired' | 'required-overdue' | 'signed-out' | 'session-over' | 'slow' | 'busy';

/** Where a sign-in may lead instead of the account page. */
export type AfterLogin = 'change-password';

/** The sign-in form. After a failed attempt it keeps the user name. */
export function loginPage(
  notice: LoginNotice | null,
  { userName = '', after = null }: { userName?: string; after?: AfterLogin | null } = {},
): string {
  const { login } = texts;
  const message =
    notice === null
      ? nothing
      : notice === 'signed-out'
        ? html`<p class="good" role="status">${login[notice]}</p>`
        : html`<p class="bad" role="alert">${login[notice]}</p>`;
  const filled = userName !== '';
  return layout(
    login.title,
    html`${message}
      <form method="post" action="${after === null ? '/login' : `/login?after=${after}`}">
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
          ${filled ? nothing : html`autofocus`}
        />
        ${secretField('password', login.password, 'current-password', filled ? html`autofocus` : nothing)}
        <button>${login.button}</button>
      </form>
      <p class="below"><a href="/forgot-password">${login.forgot}</a></p>`,
    { script: true },
  );
}
