import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allMutants } from './all-mutants.ts';
import { withFault } from './project-copy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mutants = (await allMutants()).flatMap((area) => area.mutants);

test('every mutant changes code that it finds exactly once', () => {
  const faults = mutants.flatMap((mutant) => {
    const text = readFileSync(`${root}${mutant.file}`, 'utf8');
    try {
      return withFault(text, mutant) === text ? [`${mutant.id} changes nothing`] : [];
    } catch (thrown) {
      return [String(thrown)];
    }
  });
  expect(faults).toEqual([]);
});

test('every mutant names tests that exist', () => {
  const missing = mutants.flatMap(({ id, tests }) =>
    tests.length === 0
      ? [`${id}: none`]
      : tests.filter((file) => !existsSync(`${root}${file}`)).map((file) => `${id}: ${file}`),
  );
  expect(missing).toEqual([]);
});

test('no two mutants have the same name', () => {
  const ids = mutants.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
