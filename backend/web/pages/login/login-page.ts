import { secretField } from '../choose-password/new-password-fields.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { t, texts } from '../texts.ts';
import { formatDuration } from '../times.ts';

/** Every notice above the sign-in form. */
export const loginNotices = [
  'wrong',
  'temporary-expired',
  'required-overdue',
  'unavailable',
  'signed-out',
  'session-over',
  'slow',
  'busy',
] as const;
export type LoginNotice = (typeof loginNotices)[number];

/** Where a sign-in may lead instead of the account page. */
export type AfterLogin = 'change-password';

interface LoginForm {
  /** After a failed attempt the form keeps the user name. */
  readonly userName?: string;
  readonly after?: AfterLogin | null;
  /** Seconds for which the policy locks an account, for the notice `wrong`. */
  readonly lockFor?: number;
}

/** The sign-in form. */
export function loginPage(
  notice: LoginNotice | null,
  { userName = '', after = null, lockFor = 0 }: LoginForm = {},
): string {
  const { login } = texts;
  const text =
    notice === 'wrong'
      ? t('login.wrong', { duration: formatDuration(lockFor * 1000) })
      : notice === null
        ? nothing
        : html`${login[notice]}`;
  const message =
    notice === null
      ? nothing
      : notice === 'signed-out'
        ? html`<p class="good" role="status">${text}</p>`
        : html`<p class="bad" role="alert">${text}</p>`;
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
          aria-describedby="user-hint"
          spellcheck="false"
          required
          maxlength="400"
          ${filled ? nothing : html`autofocus`}
        />
        <p class="hint" id="user-hint">${login.identifierHint}</p>
        ${secretField('password', login.password, 'current-password', filled ? html`autofocus` : nothing)}
        <button>${login.button}</button>
      </form>
      <p class="below"><a href="/forgot-password">${login.forgot}</a></p>`,
    { script: true },
  );
}
