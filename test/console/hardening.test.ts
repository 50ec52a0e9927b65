import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/hardening.md', root), 'utf8');
const rows = [...page.matchAll(/^\|(?! rule| threat| -)(.*)\|$/gm)].map(([, row = '']) => row);
const named = rows.map((row) => /`([\w./-]+\.(?:test|spec)\.tsx?)`: "([^"]+)"/.exec(row)?.slice(1) ?? []);

it('has a table of rules, each with a test', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(named.filter((test) => test.length !== 2)).toEqual([]);
});

it.each(named)('names a test that exists: %s, "%s"', (path = '', title = '') => {
  const file = new URL(path, root);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(title);
});
