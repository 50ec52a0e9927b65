import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { memoryFolder } from './memory-folder.ts';
import { needTestPrograms } from './system-libraries.ts';
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

/** Checks that read the sources and nothing else: all at once, since most of them use one core. */
const checks: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'lint', command: [bin('oxlint'), '--deny-warnings'] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unused code and dependencies', command: [bin('knip')] },
];
/** One after the other: each has both cores to itself. */
const steps: readonly Step[] = [
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

interface Ended {
  readonly code: number;
  /** What it said, where that was not passed on at once. */
  readonly said: string;
}

/** Runs the command; what it says is passed on as it comes, or kept, for whoever runs several. */
function run({ command, report: written }: Step, output: 'inherit' | 'pipe'): Promise<Ended> {
  const [program = '', ...args] = command;
  // Tests alone: a package is too large for it.
  const inMemory = written !== undefined && folder !== null;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...(inMemory && { TMPDIR: folder }) },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', () => {
      resolve({ code: 127, said });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, said });
    });
  });
}

/** Runs one step to its end, says what became of it, and counts. */
async function take(step: Step, output: 'inherit' | 'pipe'): Promise<Count> {
  const { name, count, report: written } = step;
  const started = performance.now();
  if (output === 'inherit') console.log(`\n== ${name}`);
  // An older report must not be taken for this run's.
  if (written !== undefined) rmSync(`${root}${written}`, { force: true });
  const { code, said } = await run(step, output);
  if (output === 'pipe') console.log(`\n== ${name}\n${said.trimEnd()}`);
  const counted =
    count && written !== undefined && existsSync(`${root}${written}`)
      ? count()
      : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return { passed: counted.passed, failed: code !== 0 && counted.failed === 0 ? 1 : counted.failed };
}

mkdirSync(`${root}out/test`, { recursive: true });
needTestPrograms();
const folder = memoryFolder();
const counts = await Promise.all(checks.map((check) => take(check, 'pipe')));
for (const step of steps) counts.push(await take(step, 'inherit'));
const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0);
const total = { passed: sum('passed'), failed: sum('failed') };
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
