import { spawn } from 'node:child_process';
import { needTestPrograms } from './system-libraries.ts';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { countPlaywright, countVitest, closingLine, type Count } from './test-count.ts';

const root = new URL('..', import.meta.url).pathname;
const report = 'out/test/unit.json';
const e2eReport = 'out/test/e2e.json';

/** One kind of check: a command that fails, or a test run that counts. */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads how many tests passed and failed; a step without is one check. */
  readonly count?: () => Count;
  /** The file that {@link Step.count} reads; a run that did not get as far as writing it has failed. */
  readonly report?: string;
}

const bin = (name: string) => `${root}node_modules/.bin/${name}`;

const steps: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'lint', command: [bin('oxlint'), '--deny-warnings'] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unused code and dependencies', command: [bin('knip')] },
  {
    name: 'unit and API tests',
    report,
    command: [
      process.execPath,
      `${root}node_modules/vitest/vitest.mjs`,
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    count: () => countVitest(readFileSync(`${root}${report}`, 'utf8')),
  },
  {
    name: 'end-to-end tests in Electron',
    report: e2eReport,
    command: [process.execPath, `${root}build/e2e.ts`, '--project=development'],
    count: () => countEndToEnd(),
  },
  { name: 'package', command: [process.execPath, `${root}build/package.ts`] },
  {
    name: 'end-to-end tests in the packaged console',
    report: e2eReport,
    command: [process.execPath, `${root}build/e2e.ts`, '--project=packaged'],
    count: () => countEndToEnd(),
  },
];

function countEndToEnd(): Count {
  const { flaky, ...count } = countPlaywright(readFileSync(`${root}${e2eReport}`, 'utf8'));
  for (const title of flaky) console.log(`FLAKY (passed at the second try): ${title}`);
  return count;
}

function run([program = '', ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => {
      resolve(127);
    });
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

mkdirSync(`${root}out/test`, { recursive: true });
needTestPrograms();
let passed = 0;
let failed = 0;
for (const { name, command, count, report: written } of steps) {
  const started = performance.now();
  console.log(`\n== ${name}`);
  // An older report must not be taken for this run's.
  if (written !== undefined) rmSync(`${root}${written}`, { force: true });
  const code = await run(command);
  const counted =
    count && written !== undefined && existsSync(`${root}${written}`)
      ? count()
      : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  passed += counted.passed;
  failed += code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
}
console.log(`\n${closingLine({ passed, failed })}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
