import { describe, expect, it } from 'vitest';
import { closingLines, countPlaywright } from './test-count.ts';

describe('the count of a test run', () => {
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
    expect(closingLines({ passed: 3, failed: 1, failures: ['lint'], flaky: ['lock'] })).toBe(
      'FLAKY (passed at the second try): lock\nFAILED: lint\n3 passed, 1 failed',
    );
  });
});
