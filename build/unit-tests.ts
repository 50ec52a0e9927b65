import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runStep, type Step } from './steps.ts';
import type { Count } from './test-count.ts';
import { unitCounts, type VitestCount } from './vitest-counts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Vitest with these files; with all files if none are given. */
const vitest = (name: string, files: readonly string[]): Step => ({
  name,
  report: { file: unitCounts, count: (text) => JSON.parse(text) as Count },
  command: [
    process.execPath,
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    `--reporter=${root}build/vitest-counts.ts`,
    ...files,
  ],
});

/**
 * Runs the unit and API tests. Where failed tests are retried, as on continuous integration, files are run again in which only a hook failed or an error
 * had no handler, which vitest does not retry. What does not recur is named like a test that passed at its second try.
 */
export async function runUnitTests(environment: NodeJS.ProcessEnv): Promise<Count> {
  const count = await runStep(vitest('unit and API tests', []), 'inherit', environment);
  if (count.failed === 0 || environment['CI'] === undefined) return count;
  const report = `${root}${unitCounts}`;
  if (!existsSync(report)) return count;
  const files = filesToRunAgain(JSON.parse(readFileSync(report, 'utf8')) as VitestCount);
  if (files.length === 0) return count;
  const again = await runStep(vitest('files with a fault around their tests', files), 'inherit', environment);
  if (again.failed > 0) return { ...count, failures: [...(count.failures ?? []), ...(again.failures ?? [])] };
  return {
    passed: count.passed,
    failed: 0,
    failures: [],
    flaky: [...(count.flaky ?? []), ...(count.failures ?? [])],
  };
}

/** The files of faults around tests; none if a test has failed as well, or if the file of a fault is unknown. */
export function filesToRunAgain({ failures = [], aroundTests }: VitestCount): readonly string[] {
  const files = aroundTests.flatMap(({ file }) => file ?? []);
  const isAll = failures.length === aroundTests.length && files.length === aroundTests.length;
  return isAll ? [...new Set(files)] : [];
}
