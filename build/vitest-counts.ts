import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Count } from './test-count.ts';

/** Where this reporter writes its counts, below the project's folder. */
export const unitCounts = 'out/test/unit.json';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A reporter of vitest that writes a `Count`: each failed test, and each fault outside of a test (a file that could not be loaded, a hook, an error
 * without a handler), with the beginning of its message. Tests that passed at their second try are named as well.
 */
export default class CountsReporter implements Reporter {
  private readonly file: string;

  constructor({ file = `${root}${unitCounts}` }: { readonly file?: string } = {}) {
    this.file = file;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    writeFileSync(this.file, JSON.stringify(countTests(modules, unhandledErrors)));
  }
}

function countTests(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Count {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const failed = tests.filter((test) => test.result().state === 'failed');
  const failures = [
    ...failed.map((test) => failure(titleOf(test), test.result().errors?.at(-1))),
    ...modules.flatMap(faultsAroundTests),
    ...unhandledErrors.map((error) => failure('outside of the tests', error)),
  ];
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: failures.length,
    failures,
    flaky: tests.filter((test) => test.diagnostic()?.flaky === true).map(titleOf),
  };
}

const titleOf = (test: TestCase) => `${test.module.relativeModuleId}: ${test.fullName}`;

/** Errors of a file and of its suites, which are those of loading them and of their hooks. */
function faultsAroundTests(module: TestModule): string[] {
  const parts: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()];
  return parts.flatMap((part) =>
    part.errors().map((error) => failure(`${module.relativeModuleId}, around its tests`, error)),
  );
}

/** A name and the beginning of the message: the last lines of a run are what continuous integration shows. */
const failure = (name: string, error: SerializedError | undefined) =>
  error === undefined ? name : `${name}\n  ${beginningOf(error)}`;

function beginningOf({ name, message, stack }: SerializedError): string {
  const place = stack?.split('\n').find((line) => line.includes(root) && !line.includes('node_modules'));
  const text = `${name ?? 'Error'}: ${message}`.slice(0, 400).replaceAll('\n', '\n  ');
  return place === undefined ? text : `${text}\n  ${place.trim().replace(root, '')}`;
}
