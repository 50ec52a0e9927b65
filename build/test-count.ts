/** How many tests or checks passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** The tests, files or checks that failed, by their file and title. */
  readonly failures?: readonly string[];
}

/** Reads vitest's JSON report; a file that could not be loaded counts as one failure. */
export function countVitest(report: string): Count {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly {
      name: string;
      status: string;
      assertionResults: readonly { status: string; fullName: string }[];
    }[];
  };
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failedTests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${name}: ${fullName}`),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    failures: [...unloaded.map(({ name }) => `${name}: not loaded`), ...failedTests],
  };
}

/** Reads Playwright's JSON report; a test that passed at its second try is named. */
export function countPlaywright(report: string): Count & { readonly flaky: readonly string[] } {
  interface Suite {
    readonly suites?: readonly Suite[];
    readonly specs?: readonly {
      readonly title: string;
      readonly file: string;
      readonly tests: readonly { readonly status: string }[];
    }[];
  }
  const { stats, suites, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    suites: readonly Suite[];
    errors: readonly unknown[];
  };
  const titlesOf = (suite: Suite, wanted: string): string[] => [
    ...(suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === wanted))
      .map(({ file, title }) => `${file}: ${title}`),
    ...(suite.suites ?? []).flatMap((inner) => titlesOf(inner, wanted)),
  ];
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
    failures: suites.flatMap((suite) => titlesOf(suite, 'unexpected')),
    flaky: suites.flatMap((suite) => titlesOf(suite, 'flaky')),
  };
}

/** The end of every test run: the failures, one per line, then the last line `N passed, N failed`. */
export const closingLines = ({ passed, failed, failures = [] }: Count): string =>
  [...failures.map((name) => `FAILED: ${name}`), `${passed} passed, ${failed} failed`].join('\n');
