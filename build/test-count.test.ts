import { describe, expect, it } from 'vitest';
import { closingLine, countVitest } from './test-count.ts';

describe('the count of a test run', () => {
  it('takes what passed and failed from the report', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, testResults: [] };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 7, failed: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    const report = { numPassedTests: 7, numFailedTests: 0, testResults };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 7, failed: 1 });
  });

  it('ends in the line that continuous integration reads', () => {
    expect(closingLine({ passed: 3, failed: 1 })).toBe('3 passed, 1 failed');
  });
});
