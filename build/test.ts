import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runChecks } from './checks.ts';
import { withCompileCache } from './compile-cache.ts';
import { memoryFolder } from './memory-folder.ts';
import { addCounts, run, runStep, type Step } from './steps.ts';
import { needTestPrograms } from './system-libraries.ts';
import { makeUpdateKey } from './test-update-key.ts';
import { closingLines, countPlaywright, type Count } from './test-count.ts';
import { runUnitTests } from './unit-tests.ts';

/** `npm test`: every check, every test and the package; the last line is `N passed, N failed`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const readCount = (text: string) => JSON.parse(text) as Count;
const endToEnd = { file: 'out/test/e2e.json', count: countPlaywright };

const schemathesis: Step = {
  name: 'Reset API by its OpenAPI document',
  report: { file: 'out/test/schemathesis.json', count: readCount },
  command: [process.execPath, `${root}test/schemathesis/run.ts`],
};
const scimTester: Step = {
  name: 'SCIM by scim2-tester',
  report: { file: 'out/test/scim2-tester.json', count: readCount },
  command: [process.execPath, `${root}test/scim2-tester/run.ts`],
};
const endToEndTests: Step = {
  name: 'end-to-end tests in Electron',
  report: endToEnd,
  command: [process.execPath, `${root}build/e2e.ts`, '--project=development'],
};
const packaging: Step = {
  name: 'package',
  command: [process.execPath, `${root}build/package.ts`],
  environment: { RESET_DESK_UPDATE_PUBLIC_KEY: makeUpdateKey(`${root}out/test`) },
};
const packagedTests: Step = {
  name: 'end-to-end tests in the packaged console',
  report: endToEnd,
  command: [process.execPath, `${root}build/e2e.ts`, '--project=packaged'],
};

/** One after the other where each needs both cores. Schemathesis tries the API for a fixed time, in which the package is made. */
const steps: readonly (readonly Step[])[] = [
  [schemathesis, scimTester, packaging],
  [endToEndTests],
  [packagedTests],
];

mkdirSync(`${root}out/test`, { recursive: true });
needTestPrograms();
const folder = memoryFolder();
// Installing what comes from the Python Package Index waits for the network, the checks for the processor.
const [counted] = await Promise.all([
  runChecks(),
  run([process.execPath, `${root}test/schemathesis/install.ts`], 'pipe'),
  run([process.execPath, `${root}test/scim2-tester/install.ts`], 'pipe'),
]);
const counts = [...counted];
const times: string[] = [];

/** Runs a step and notes how long it takes. What needs the package, which is too large for the folder in memory, does not get that folder. */
async function timed(
  name: string,
  inMemory: boolean,
  step: (environment: NodeJS.ProcessEnv) => Promise<Count>,
) {
  const started = performance.now();
  const isInMemory = inMemory && folder !== null;
  counts.push(await step({ ...process.env, ...withCompileCache, ...(isInMemory && { TMPDIR: folder }) }));
  times.push(`${name} ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

await timed('unit and API tests', true, runUnitTests);
for (const together of steps) {
  const output = together.length === 1 ? 'inherit' : 'pipe';
  await Promise.all(
    together.map((step) =>
      timed(step.name, step.report !== undefined, (environment) => runStep(step, output, environment)),
    ),
  );
}
const total = addCounts(counts);
console.log(`\n${times.join(', ')}\n${closingLines(total)}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
