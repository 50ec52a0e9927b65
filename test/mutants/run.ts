import { availableParallelism } from 'node:os';
import { memoryFolder } from '../../build/memory-folder.ts';
import { allMutants } from './all-mutants.ts';
import type { Mutant } from './mutant.ts';
import { copyProject, type Outcome, type ProjectCopy } from './project-copy.ts';

/**
 * `npm run mutants`: inserts each fault of `rows/` into a copy of the project and runs its tests, which should fail. `-- --only=NAME` selects the
 * areas and mutants whose name contains it. Exits with 1 if fewer than 95 % were detected or a row could not be run.
 */
const option = (name: string) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const only = option('only');
const workers = Number(option('workers') ?? Math.min(3, availableParallelism()));
const folder = memoryFolder();
if (folder !== null) process.env['TMPDIR'] = folder;

const areas = await allMutants();
const chosen = areas.flatMap(({ area, mutants }) =>
  mutants
    .filter(({ id }) => only === undefined || id.includes(only) || area.includes(only))
    .map((mutant) => ({ area, mutant })),
);
const copies = Array.from({ length: workers }, copyProject);
const outcomes = new Map<Mutant, Outcome>();

await inParallel(
  chosen.filter(({ mutant }) => mutant.equivalent === undefined),
  async ({ area, mutant }, copy) => {
    const outcome = await copy.run(mutant, mutant);
    outcomes.set(mutant, outcome);
    const words = {
      failed: 'noticed',
      'timed-out': 'noticed (a test timed out)',
      hung: 'noticed (the tests hung)',
      passed: 'NOT NOTICED',
      'could-not-run': 'COULD NOT RUN',
    };
    console.log(`${area} / ${mutant.id}: ${words[outcome]}`);
  },
);
const brokenTests = await testsThatFailAnyhow();
for (const copy of copies) copy.remove();
report();

/** Runs the work for all rows, with each worker in a copy of its own. */
async function inParallel<Row>(rows: readonly Row[], work: (row: Row, copy: ProjectCopy) => Promise<void>) {
  const waiting = rows[Symbol.iterator]();
  await Promise.all(
    copies.map(async (copy) => {
      for (const row of waiting) await work(row, copy);
    }),
  );
}

/** Test files that fail without any fault, so that their failures prove nothing. */
async function testsThatFailAnyhow(): Promise<ReadonlySet<string>> {
  const files = new Map(
    chosen.flatMap(({ mutant: { tests, project } }) =>
      tests.map(
        (file) => [`${project ?? ''} ${file}`, { tests: [file], ...(project && { project }) }] as const,
      ),
    ),
  );
  const failing = new Set<string>();
  await inParallel([...files.values()], async (tests, copy) => {
    if ((await copy.run(tests)) !== 'passed') failing.add(tests.tests[0] ?? '');
  });
  return failing;
}

function report() {
  const counted = chosen.filter(({ mutant }) => outcomes.has(mutant));
  const isNoticed = (mutant: Mutant) => ['failed', 'timed-out', 'hung'].includes(outcomes.get(mutant) ?? '');
  console.log('\n| area | noticed | counted | not counted |\n| --- | --- | --- | --- |');
  for (const { area, mutants } of areas) {
    const rows = mutants.filter((mutant) => outcomes.has(mutant));
    const equivalent = mutants.filter(({ equivalent: reason }) => reason !== undefined);
    if (rows.length > 0)
      console.log(`| ${area} | ${rows.filter(isNoticed).length} | ${rows.length} | ${equivalent.length} |`);
  }
  const missed = counted.filter(({ mutant }) => !isNoticed(mutant));
  for (const { area, mutant } of missed)
    console.log(`\n${area} / ${mutant.id} (${mutant.file}): ${outcomes.get(mutant) ?? ''}. ${mutant.rule}`);
  for (const file of brokenTests) console.log(`\nFails without a fault: ${file}`);
  const share = (100 * (counted.length - missed.length)) / Math.max(1, counted.length);
  console.log(
    `\n${counted.length - missed.length} of ${counted.length} faults noticed (${share.toFixed(1)} %).`,
  );
  const couldNotRun = missed.some(({ mutant }) => outcomes.get(mutant) === 'could-not-run');
  process.exitCode = share >= 95 && brokenTests.size === 0 && !couldNotRun ? 0 : 1;
}
