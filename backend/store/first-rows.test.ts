import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where a statement reads the first row in an order, and the rows after it as well: Kysely's `executeTakeFirst` adds no limit. */
const firstOfAll = (code: string): string[] =>
  [...code.matchAll(/\.orderBy\((?:[^()]|\([^()]*\))*\)\s*\.executeTakeFirst(?:OrThrow)?\(/g)].map(
    ([found]) => found.replaceAll(/\s+/g, ' '),
  );

it('a statement that reads the first row in an order asks for one row', () => {
  expect(firstOfAll("db.selectFrom('a').orderBy('at', 'desc')\n  .executeTakeFirst()")).toHaveLength(1);
  expect(firstOfAll("db.selectFrom('a').orderBy('at').limit(1).executeTakeFirst()")).toEqual([]);
  const found = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
    firstOfAll(readFileSync(`${root}${file}`, 'utf8')).map((code) => `${file}: ${code}`),
  );
  expect(found.filter((code) => !/test\.ts:/.test(code))).toEqual([]);
});
