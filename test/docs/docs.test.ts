import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).toSorted();
const decisions = pages.filter((page) => /^docs\/adr\/\d{4}-/.test(page));

/** Names that a reader replaces with their own. */
const examples = new Set(['backend/store/migrations/NNNN-what-it-adds.ts', 'test/e2e/my-first.spec.ts']);

const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const withoutCode = (text: string): string => text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '');

/** The anchors that GitHub generates for a page's headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...withoutCode(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The relative links of a page, each as a file and an anchor. */
function linksOf(page: string): readonly { link: string; file: string; anchor: string }[] {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = '', anchor = ''] = link.split('#');
      return { link, file: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}

describe('a page of the documentation', () => {
  it.each(pages)('links to files and headings that exist: %s', (page) => {
    const broken = linksOf(page).filter(
      ({ file, anchor }) =>
        !existsSync(join(root, file)) || (anchor !== '' && !anchorsOf(file).includes(anchor)),
    );
    expect(broken.map(({ link }) => link)).toEqual([]);
  });

  // A decision and an entry of the changelog may name a file that no longer exists.
  it.each(pages.filter((page) => !page.startsWith('docs/adr/0') && page !== 'CHANGELOG.md'))(
    'names files that exist: %s',
    (page) => {
      const named = [
        ...read(page).matchAll(/`((?:backend|build|electron|renderer|shared|test)\/[\w./-]+)`/g),
      ].map(([, path = '']) => path);
      expect(named.filter((path) => !examples.has(path) && !existsSync(join(root, path)))).toEqual([]);
    },
  );
});

describe('the index of decisions', () => {
  const index = read('docs/adr/README.md');
  const rows = [...index.matchAll(/^\| (\d+) +\| \[(.+)\]\((\S+)\) +\| (.+?) +\| (\S+) +\|$/gm)].map((row) =>
    row.slice(1),
  );

  it('has each decision once, in order and without gaps', () => {
    expect(rows.map(([, , file]) => file)).toEqual(decisions.map((page) => basename(page)));
    expect(rows.map(([number]) => Number(number))).toEqual(rows.map((_, place) => place + 1));
  });

  it.each(rows)('agrees with decision %s: %s', (number, title, file = '', status, date) => {
    const page = read(`docs/adr/${file}`);
    expect(page.split('\n')[0]).toBe(`# ${number}. ${title}`);
    expect(page).toMatch(new RegExp(`^Status: ${status}, ${date}[.;]`, 'm'));
    expect(Number(file.slice(0, 4))).toBe(Number(number));
  });
});

it('README.md lists every variable that the backend reads', () => {
  const environment = readFileSync(join(root, 'backend/app/configuration/environment.ts'), 'utf8');
  const mail = readFileSync(join(root, 'backend/messaging/mail/mail-environment.ts'), 'utf8');
  const variables = [...(environment + mail).matchAll(/^ *(RESET_DESK_\w+):/gm)].map(([, name = '']) => name);
  expect(variables).toContain('RESET_DESK_PUBLIC_URL');
  expect(variables.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
});
