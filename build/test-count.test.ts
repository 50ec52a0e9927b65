import { describe, expect, it } from 'vitest';
import { closingLines, countPlaywright, countVitest } from './test-count.ts';

const vitestReport = (changes: object) =>
  JSON.stringify({ numPassedTests: 7, numFailedTests: 0, testResults: [], ...changes });

describe('the count of a test run', () => {
  it('is taken from the report with the names of failed tests', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'the lock opens' },
      { status: 'failed', fullName: 'the lock closes' },
    ];
    const testResults = [{ name: 'lock.test.ts', status: 'failed', assertionResults }];
    expect(countVitest(vitestReport({ numFailedTests: 1, testResults }))).toEqual({
      passed: 7,
      failed: 1,
      failures: ['lock.test.ts: the lock closes'],
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [{ name: 'lock.test.ts', status: 'failed', assertionResults: [] }];
    expect(countVitest(vitestReport({ testResults }))).toEqual({
      passed: 7,
      failed: 1,
      failures: ['lock.test.ts: not loaded'],
    });
  });

  it('names the end-to-end tests that failed or passed only at their second try', () => {
    const spec = (title: string, status: string) => ({ title, file: 'lock.spec.ts', tests: [{ status }] });
    const report = {
      stats: { expected: 1, unexpected: 1, flaky: 1 },
      errors: [],
      suites: [
        { specs: [spec('opens', 'expected')], suites: [{ specs: [spec('closes', 'unexpected')] }] },
        { specs: [spec('rusts', 'flaky')] },
      ],
    };
    expect(countPlaywright(JSON.stringify(report))).toEqual({
      passed: 2,
      failed: 1,
      failures: ['lock.spec.ts: closes'],
      flaky: ['lock.spec.ts: rusts'],
    });
  });

  it('ends with what failed and the line that continuous integration reads', () => {
    expect(closingLines({ passed: 3, failed: 0 })).toBe('3 passed, 0 failed');
    expect(closingLines({ passed: 3, failed: 1, failures: ['lint'] })).toBe(
      'FAILED: lint\n3 passed, 1 failed',
    );
  });
});
