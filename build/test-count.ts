/** How many tests or checks passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Reads vitest's JSON report; a file that could not be loaded counts as one failure. */
export function countVitest(report: string): Count {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  };
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded };
}

/** Reads Playwright's JSON report; a test that passed at its second try is named. */
export function countPlaywright(report: string): Count & { readonly flaky: readonly string[] } {
  interface Suite {
    readonly suites?: readonly Suite[];
    readonly specs?: readonly {
      readonly title: string;
      readonly tests: readonly { readonly status: string }[];
    }[];
  }
  const { stats, suites, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    suites: readonly Suite[];
    errors: readonly unknown[];
  };
  const flakyIn = (suite: Suite): string[] => [
    ...(suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title }) => title),
    ...(suite.suites ?? []).flatMap(flakyIn),
  ];
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
    flaky: suites.flatMap(flakyIn),
  };
}

/** The last line of every test run. */
export const closingLine = ({ passed, failed }: Count): string => `${passed} passed, ${failed} failed`;
