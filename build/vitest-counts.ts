import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Count } from './test-count.ts';

/** Where this reporter writes its counts by default, below the project's folder. */
export const unitCounts = 'out/test/unit.json';

/** What vitest has run. */
export interface VitestCount extends Count {
  /** The faults that belong to no test. Each is one of `failures` as well. */
  readonly aroundTests: readonly FaultAroundTests[];
}

interface FaultAroundTests {
  readonly what: string;
  /** The path of the test file; null if it is unknown. */
  readonly file: string | null;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A reporter of vitest that writes a `Count`: each failed test, and each fault outside of a test (a file that could not be loaded, a hook, an error
 * without a handler), and each test that passed at its second try, with the beginning of the message.
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

function countTests(
  modules: readonly TestModule[],
  unhandledErrors: readonly SerializedError[],
): VitestCount {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const failed = tests.filter((test) => test.result().state === 'failed');
  const aroundTests = [...modules.flatMap(faultsAround), ...unhandledErrors.map(unhandled)];
  const failures = [
    ...failed.map((test) => failure(titleOf(test), test.result().errors?.at(-1))),
    ...aroundTests.map(({ what }) => what),
  ];
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: failures.length,
    failures,
    aroundTests,
    flaky: tests
      .filter((test) => test.diagnostic()?.flaky === true)
      .map((test) => failure(titleOf(test), test.result().errors?.at(0))),
  };
}

const titleOf = (test: TestCase) => `${test.module.relativeModuleId}: ${test.fullName}`;

/** Errors of a file and of its suites, which are those of loading them and of their hooks. */
function faultsAround(module: TestModule): FaultAroundTests[] {
  const parts: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()];
  return parts.flatMap((part) =>
    part.errors().map((error) => ({
      what: failure(`${module.relativeModuleId}, around its tests`, error),
      file: module.moduleId,
    })),
  );
}

/** An error without a handler. It may have been caused by an earlier file of the same process than the one that was running. */
function unhandled(error: SerializedError): FaultAroundTests {
  const { VITEST_TEST_PATH: path } = error;
  const file = typeof path === 'string' ? path : null;
  return {
    what: failure(`outside of the tests${file === null ? '' : `, during ${file.replace(root, '')}`}`, error),
    file,
  };
}

/** A name and the beginning of the message: the last lines of a run are what continuous integration shows. */
const failure = (name: string, error: SerializedError | undefined) =>
  error === undefined ? name : `${name}\n  ${beginningOf(error)}`;

function beginningOf({ name, message, stack }: SerializedError): string {
  const place = stack?.split('\n').find((line) => line.includes(root) && !line.includes('node_modules'));
  const text = `${name ?? 'Error'}: ${message}`.slice(0, 400).replaceAll('\n', '\n  ');
  return place === undefined ? text : `${text}\n  ${place.trim().replace(root, '')}`;
}
