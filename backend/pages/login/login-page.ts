import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { words } from '../words.ts';

export type LoginNotice = Exclude<
  keyof typeof words.login,
  'title' | 'userName' | 'password' | 'button' | 'forgot'
>;

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
