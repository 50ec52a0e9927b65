import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = [...globSync('renderer/**/*.{css,tsx}', { cwd: root }), 'backend/web/pages/style.ts'];

/** The sizes of text in pixels that a source sets: in its styles, or as Mantine's `fz`. */
const sizesIn = (file: string): number[] =>
  [
    ...readFileSync(`${root}${file}`, 'utf8').matchAll(
      /(?:font-size:\s*|font:\s*(?:\d+\s+)?|\bfz=\{|--badge-fz:\s*)(\d+(?:\.\d+)?)(?=px|\})/g,
    ),
  ].map(([, size]) => Number(size));

it('sets no text of the console or the pages smaller than 12 px', () => {
  const small = sources.flatMap((file) =>
    sizesIn(file)
      .filter((size) => size < 12)
      .map((size) => `${file}: ${size}px`),
  );
  expect(small).toEqual([]);
});

it('reads the sizes of the sources', () => {
  expect(sources.flatMap(sizesIn).length).toBeGreaterThan(50);
});
