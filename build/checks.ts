import { fileURLToPath } from 'node:url';
import type { Count } from './test-count.ts';
import { runStep, type Step } from './steps.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;

/** Lints the workflows in `.github`. */
export const lintWorkflows: readonly string[] = [process.execPath, `${root}test/workflows/run.ts`];

/** Checks that only read the sources. */
const checks: readonly Step[] = [
  // Each checker of a project reads the same types again; the projects themselves are built beside each other.
  { name: 'types', command: [bin('tsc'), '-b', '--checkers', '1'] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  {
    name: 'format',
    command: [
      bin('prettier'),
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      'out/cache/prettier',
      '.',
    ],
  },
  { name: 'unused code and dependencies', command: [bin('knip')] },
  { name: 'layers', command: [process.execPath, `${root}build/layers/check.ts`] },
  { name: 'workflows', command: lintWorkflows },
];

/** Runs all checks at once, since most of them use one core. */
export const runChecks = (): Promise<readonly Count[]> =>
  Promise.all(checks.map((check) => runStep(check, 'pipe')));
