import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Milliseconds after which a hanging test run is ended. */
const limit = 4 * 60_000;

/**
 * The end of a test run: `timed-out` if every failure is a test that took too long, which a busy computer can cause as well; `could-not-run` is a
 * fault in the row or in the tests themselves.
 */
export type Outcome = 'passed' | 'failed' | 'timed-out' | 'hung' | 'could-not-run';

/** A copy of the project's tracked files, in which faults are inserted and removed again. */
export interface ProjectCopy {
  /** Runs the test files; with a mutant, on the code with its fault. */
  readonly run: (tests: Pick<Mutant, 'tests' | 'project'>, mutant?: Mutant) => Promise<Outcome>;
  readonly remove: () => void;
}

/** The vitest project of a mutant's tests. */
const projectOf = ({ tests, project }: Pick<Mutant, 'tests' | 'project'>) =>
  project ?? (tests[0]?.startsWith('renderer/') === true ? 'renderer' : 'node');

/** Copies the files that git tracks, as they are in the working tree; `node_modules` and built parts are linked. */
export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-mutants-'));
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (existsSync(join(root, 'out'))) symlinkSync(join(root, 'out'), join(folder, 'out'));
  return {
    run: async (tests, mutant) => {
      if (mutant === undefined) return runTests(folder, tests);
      const path = join(folder, mutant.file);
      const original = readFileSync(path, 'utf8');
      writeFileSync(path, withFault(original, mutant));
      try {
        return await runTests(folder, tests);
      } finally {
        writeFileSync(path, original);
      }
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The file's text with the fault. Throws unless the row's code occurs exactly once. */
export function withFault(text: string, { id, file, find, replace }: Mutant): string {
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`Mutant ${id}: ${file} has its code ${parts.length - 1} times. Correct the row.`);
  return parts.join(replace);
}

async function runTests(folder: string, tests: Pick<Mutant, 'tests' | 'project'>): Promise<Outcome> {
  const report = join(folder, 'mutant-report.json');
  rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config=test/vitest.config.ts',
      `--project=${projectOf(tests)}`,
      '--bail=1',
      '--reporter=json',
      `--outputFile=${report}`,
      ...tests.tests,
    ],
    { cwd: folder, stdio: 'ignore', detached: true },
  );
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, limit);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (hung) return 'hung';
  if (!existsSync(report)) return 'could-not-run';
  const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    numFailedTests: number;
    numPassedTests: number;
    testResults: { assertionResults: { status: string; failureMessages: string[] }[] }[];
  };
  const failures = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  const isTimeout = (message: string) => /^(Error: )?(Test|Hook) timed out/.test(message);
  if (numFailedTests > 0)
    return failures.every(({ failureMessages }) => failureMessages.every(isTimeout)) ? 'timed-out' : 'failed';
  return numPassedTests > 0 && child.exitCode === 0 ? 'passed' : 'could-not-run';
}
