import { describe, expect, it } from 'vitest';
import { formatPastTime, formatElapsed, formatRemaining, formatFutureTime } from './format-time.ts';

describe('formatted times', () => {
  const now = new Date(2026, 10, 28, 12, 0, 0);
  const format = (at: Date) => formatPastTime(at.toISOString(), now.getTime());
  it('leave out the date of today and the year of this year', () => {
    expect(format(new Date(2026, 10, 28, 9, 41))).toMatch(/9:41/);
    expect(format(new Date(2026, 9, 14, 9, 41))).toMatch(/14/);
    expect(format(new Date(2026, 9, 14, 9, 41))).not.toMatch(/9:41|2026/);
    expect(format(new Date(2025, 9, 14))).toMatch(/2025/);
  });
  it('show the time of a coming instant, with the date if it is not today', () => {
    const moment = (at: Date) => formatFutureTime(at.toISOString(), now.getTime());
    expect(moment(new Date(2026, 10, 28, 19, 5))).toMatch(/^7:05/);
    expect(moment(new Date(2026, 10, 29, 7, 5))).toMatch(/29.*7:05/);
  });
  it('round remaining time up and elapsed time down', () => {
    expect([formatRemaining(59_001), formatElapsed(59_999)]).toEqual(['1:00', '0:59']);
    expect([formatRemaining(-5), formatElapsed(-5)]).toEqual(['0:00', '0:00']);
    expect(formatElapsed(2 * 3_600_000 + 61_000)).toBe('2:01:01');
  });
});
