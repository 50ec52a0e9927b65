import { helpTexts } from '../../texts/en/help.ts';

/** The documentation pages about using and running the product. `_` stands for the slash after a folder. */
export type DocumentationPage = keyof typeof helpTexts.pages;
/** In the order of the list. */
export const documentationPages = Object.keys(helpTexts.pages) as readonly DocumentationPage[];

const sources = import.meta.glob<string>('../../../docs/**/*.md', { query: '?raw', import: 'default' });
const pathOf = (page: DocumentationPage): string => `${page.replace('_', '/')}.md`;

/** The Markdown of a page. The pages are part of the console, so reading them needs no network. */
export async function readPage(page: DocumentationPage): Promise<string> {
  const read = sources[`../../../docs/${pathOf(page)}`];
  return read === undefined ? '' : read();
}

/** The page to which a link on `from` leads; null if the console does not contain it. */
export function linkedPage(from: DocumentationPage, href: string): DocumentationPage | null {
  const url = URL.parse(href, `https://pages.invalid/docs/${pathOf(from)}`);
  if (url?.host !== 'pages.invalid') return null;
  return documentationPages.find((page) => url.pathname === `/docs/${pathOf(page)}`) ?? null;
}
