import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { words } from '../words.ts';

export function deadLinkPage(): string {
  const { link } = words;
  return layout(
    link.dead,
    html`<p>${link.why}</p>
      <p><a href="/login">${link.toLogin}</a></p>`,
  );
}
