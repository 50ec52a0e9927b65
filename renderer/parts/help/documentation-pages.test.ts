import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentationPages, linkedPage, readPage } from './documentation-pages.ts';

describe('the documentation in the console', () => {
  it.each(documentationPages)('has the page %s', async (page) => {
    expect(await readPage(page)).toMatch(/^# \S/);
  });

  it.each(readdirSync('docs/directories'))('has the page about directories %s', (file) => {
    expect(documentationPages).toContain(`directories_${file.replace('.md', '')}`);
  });

  it.each([
    ['administrators', 'imports.md', 'imports'],
    ['administrators', 'installing/README.md', 'installing_README'],
    ['installing_server', '../backup.md', 'backup'],
    ['installing_server', '../backup.md#restore', 'backup'],
    ['security', '../SECURITY.md', null],
    ['security', 'adr/0052-make-every-outgoing-connection-in-one-place.md', null],
    ['security', 'https://example.com/docs/imports.md', null],
    ['security', 'javascript:alert(1)', null],
  ] as const)('on the page %s, the link %s leads to %s', (from, href, page) => {
    expect(linkedPage(from, href)).toBe(page);
  });
});
