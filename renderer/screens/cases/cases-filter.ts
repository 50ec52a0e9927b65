import type { CaseFilter } from '../../../shared/api/case.ts';

export const shownCases = ['any', 'open', 'reset', 'no-reset', 'refused'] as const;
export const periods = ['any', 'today', 'week', 'month'] as const;

/** The filter of the list of cases. */
export interface GivenCases {
  readonly show: (typeof shownCases)[number];
  readonly period: (typeof periods)[number];
}
export const everyCase: GivenCases = { show: 'any', period: 'any' };

const daysBack = { today: 0, week: 6, month: 30 } as const;

/** Converts the filter to the server's format. `now` is an instant of the operator's day. */
export function filterOf({ show, period }: GivenCases, now: Date): Pick<CaseFilter, 'show' | 'from'> {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  if (period !== 'any') start.setDate(start.getDate() - daysBack[period]);
  return {
    ...(show !== 'any' && { show }),
    ...(period !== 'any' && { from: start.toISOString() }),
  };
}
