import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { setUpTexts } from '../../renderer/texts/set-up-texts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.includes('.test.'));

/** The keys that a source passes to `t`: whole keys, the part of a key before an inserted value, and the groups of keys that end with such a value. */
function keysOf(file: string): Readonly<Record<'whole' | 'beginnings' | 'groups', readonly string[]>> {
  const source = readFileSync(`${root}${file}`, 'utf8');
  const whole = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key);
  const beginnings = [...source.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map(([, key = '']) => key);
  const groups = [...source.matchAll(/\bt\(\s*`([^`$]+)\.\$\{[^}]*\}`/g)].map(([, key = '']) => key);
  return { whole, beginnings, groups };
}

/** A text, in the plural where the catalogue has one, or a group of texts. */
const isKnown = (key: string): boolean =>
  ['', '_one', '_other'].some(
    (ending) => i18next.getResource('en', 'translation', `${key}${ending}`) !== undefined,
  );

beforeAll(async () => {
  await setUpTexts();
});

it('finds every text that the console asks for by its key', () => {
  const missing = sources.flatMap((file) =>
    keysOf(file)
      .whole.filter((key) => !isKnown(key))
      .map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

it('finds the group of every text that the console asks for by a value', () => {
  const missing = sources.flatMap((file) =>
    keysOf(file)
      .beginnings.map((key) => key.slice(0, key.lastIndexOf('.')))
      .filter((group) => !isKnown(group))
      .map((group) => `${file}: ${group}`),
  );
  expect(missing).toEqual([]);
});

it('finds texts directly in each group of which a value names one', () => {
  const hasText = (group: string) =>
    Object.values(Object(i18next.getResource('en', 'translation', group))).some(
      (text) => typeof text === 'string',
    );
  const missing = sources.flatMap((file) =>
    keysOf(file)
      .groups.filter((group) => !hasText(group))
      .map((group) => `${file}: ${group}`),
  );
  expect(missing).toEqual([]);
});

it('reads the keys of the console’s sources', () => {
  expect(sources.flatMap((file) => keysOf(file).whole).length).toBeGreaterThan(500);
});
