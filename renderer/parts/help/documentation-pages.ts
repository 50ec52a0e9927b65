import { helpTexts } from '../../texts/en/help.ts';

/** The pages of the documentation that are about using and running the product; `_` stands for a folder's slash. */
export type DocumentationPage = keyof typeof helpTexts.pages;
/** In the order in which they are listed. */
export const documentationPages = Object.keys(helpTexts.pages) as readonly DocumentationPage[];

const sources = import.meta.glob<string>('../../../docs/**/*.md', { query: '?raw', import: 'default' });
const pathOf = (page: DocumentationPage): string => `${page.replace('_', '/')}.md`;

/** The Markdown of a page. The pages are part of the console, so reading them needs no network. */
export async function readPage(page: DocumentationPage): Promise<string> {
  const read = sources[`../../../docs/${pathOf(page)}`];
  return read === undefined ? '' : read();
}

/** The page to which a link on `from` leads; null if it leads to something that the console does not contain. */
export function linkedPage(from: DocumentationPage, href: string): DocumentationPage | null {
  const url = URL.parse(href, `https://pages.invalid/docs/${pathOf(from)}`);
  if (url?.host !== 'pages.invalid') return null;
  return documentationPages.find((page) => url.pathname === `/docs/${pathOf(page)}`) ?? null;
}
