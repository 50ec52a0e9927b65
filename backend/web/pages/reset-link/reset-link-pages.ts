import type { DeadLink } from '../../../self-service/find-link.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { texts } from '../texts.ts';

/** Why the link leads nowhere, and the way to a new one. */
export function deadLinkPage(why: DeadLink): string {
  const { dead, another, toLogin } = texts.link;
  return layout(
    dead[why].title,
    html`<p>${dead[why].text}</p>
      <a class="button" href="/forgot-password">${another}</a>
      <p class="below"><a href="/login">${toLogin}</a></p>`,
  );
}

/** The confirmation. Nobody is signed in by a link: whoever has the mail must know the new password too. */
export function resetDonePage(): string {
  const { done } = texts.link;
  return layout(
    done.title,
    html`<p class="good" role="status">${done.text}</p>
      <p>${done.notSignedIn}</p>
      <p>${done.ended}</p>
      <p>${done.told}</p>
      <a class="button" href="/login">${done.button}</a>`,
  );
}
