import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { texts } from '../texts.ts';

/** Something failed; the reference finds it in the log. Null for a form that another site sent. */
export function troublePage(reference: string | null): string {
  const { trouble } = texts;
  return layout(
    trouble.title,
    reference === null
      ? html`<p>${trouble.refused}</p>`
      : html`<p>${trouble.text} <strong>${reference}</strong></p>`,
  );
}

export const notFoundPage = (): string =>
  layout(texts.notFound.title, html`<p><a href="/login">${texts.link.toLogin}</a></p>`);
