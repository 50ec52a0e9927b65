/** How many tests or checks passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** The tests, files or checks that failed, by their file and title. */
  readonly failures?: readonly string[];
  /** The tests that passed at their second try. */
  readonly flaky?: readonly string[];
}

/** Reads Playwright's JSON report. */
export function countPlaywright(report: string): Count {
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

/** The end of every test run: what passed at the second try, what failed, one per line, then the last line `N passed, N failed`. */
export const closingLines = ({ passed, failed, failures = [], flaky = [] }: Count): string =>
  [
    ...flaky.map((name) => `FLAKY (passed at the second try): ${name}`),
    ...failures.map((name) => `FAILED: ${name}`),
    `${passed} passed, ${failed} failed`,
  ].join('\n');
