import { assets } from './assets.ts';
import { html, nothing, type Markup } from './markup.ts';
import { texts } from './texts.ts';

export interface LayoutOptions {
  /** For lists and tables; forms are narrow. */
  readonly wide?: boolean;
  /** Loads the page script, for password fields and times. */
  readonly script?: boolean;
  /** The signed-in user's name; adds the link to the account and the sign-out button. */
  readonly signedInAs?: string;
  /** Leaves the footer out. */
  readonly bare?: boolean;
}

const mark = html`<svg class="mark" viewBox="0 0 512 512" width="28" height="28" aria-hidden="true">
  <rect width="512" height="512" rx="120" />
  <g fill="none" stroke-width="38" stroke-linecap="round" stroke-linejoin="round">
    <path d="M146 256a110 110 0 1 1 33 79" />
    <path d="M140 356l38-22 22 38" />
    <circle cx="256" cy="240" r="30" />
    <path d="M256 270v62" />
  </g>
</svg>`;

/** What the top of each page shows until an administrator has chosen a logo. */
export const productBrand = html`${mark}<span>Reset Desk</span>`;

const bar = (name: string | undefined): Markup =>
  name === undefined
    ? html`<header>
        <a class="brand" href="/login">${productBrand}</a>
      </header>`
    : html`<header>
        <a class="brand" href="/account">${productBrand}</a>
        <form method="post" action="/logout">
          <span class="who">${name}</span><button class="link">${texts.frame.signOut}</button>
        </form>
      </header>`;

/** A complete page. */
export const layout = (title: string, content: Markup, options: LayoutOptions = {}): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Reset Desk</title>
        <link rel="stylesheet" href="${assets.style.path}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        ${bar(options.signedInAs)}
        <main class="${options.wide === true ? 'wide' : 'narrow'}">
          <h1>${title}</h1>
          ${content}
        </main>
        ${
          options.bare === true
            ? nothing
            : html`<footer>
                <p>${texts.frame.neverAsks}</p>
                <p><a href="/help">${texts.frame.help}</a></p>
              </footer>`
        }
        ${options.script === true ? html`<script src="${assets.script.path}" defer></script>` : nothing}
      </body>
    </html> `.text;
