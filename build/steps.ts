import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Count } from './test-count.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One step of a test run: a command that succeeds or fails, or a run of tests that writes a report. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Variables besides those of every step. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where the command writes its report, and how to count the tests in it. */
  readonly report?: { readonly file: string; readonly count: (text: string) => Count };
}

/** Where a step's output goes: directly to this terminal, or in one piece when the step has ended. */
type Output = 'inherit' | 'pipe';

interface Ended {
  readonly code: number;
  /** The output; empty if it went straight to the terminal. */
  readonly output: string;
}

/** Runs a command in the project's folder until it ends. */
export function run(
  command: readonly string[],
  output: Output,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', output, output], env: environment });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', (error) => {
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output: text });
    });
  });
}

/** Runs a step, prints its result and counts its tests. A step without a report, or one that wrote none, counts as one check. */
export async function runStep(
  { name, command, report, environment: own }: Step,
  output: Output,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Count> {
  const started = performance.now();
  const file = report && `${root}${report.file}`;
  // The report of an earlier run must not count as this one's.
  if (file !== undefined) rmSync(file, { force: true });
  if (output === 'inherit') console.log(`\n== ${name}`);
  const ended = await run(command, output, { ...environment, ...own });
  if (output === 'pipe') console.log(`\n== ${name}\n${ended.output.trimEnd()}`);
  const succeeded = ended.code === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${succeeded ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (report === undefined || file === undefined || !existsSync(file))
    return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, failures: succeeded ? [] : [name] };
  const count = report.count(readFileSync(file, 'utf8'));
  if (succeeded || (count.failures ?? []).length > 0) return count;
  return { ...count, failed: Math.max(count.failed, 1), failures: [name] };
}

/** Adds up the counts of several steps. */
export function addCounts(counts: readonly Count[]): Count {
  const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    failures: counts.flatMap(({ failures = [] }) => failures),
    flaky: counts.flatMap(({ flaky = [] }) => flaky),
  };
}
