import type { DeadLink } from '../../../self-service/find-link.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { texts } from '../texts.ts';

/** Why the link is not valid, and where to request a new one. */
export function deadLinkPage(why: DeadLink): string {
  const { dead, requestLink, toLogin } = texts.link;
  return layout(
    dead[why].title,
    html`<p>${dead[why].text}</p>
      <a class="button" href="/forgot-password">${requestLink}</a>
      <p class="below"><a href="/login">${toLogin}</a></p>`,
  );
}

/** The confirmation. A link signs no one in: a reader of the email still needs the new password. */
export function resetDonePage(): string {
  const { done } = texts.link;
  return layout(
    done.title,
    html`<p class="good" role="status">${done.text}</p>
      <p>${done.notSignedIn}</p>
      <p>${done.signedOut}</p>
      <p>${done.confirmed}</p>
      <a class="button" href="/login">${done.button}</a>`,
  );
}
