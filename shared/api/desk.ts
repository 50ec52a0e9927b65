import { z } from 'zod';
import { caseRow } from './case.ts';
import { endpoint } from './endpoint.ts';

export const getDesk = endpoint({
  id: 'getDesk',
  method: 'GET',
  path: '/desk',
  summary: "The start page: the operator's own open and last cases, and today's numbers",
  right: 'cases.work',
  bridge: 'desk.get',
  query: z.object({
    /** Start of the operator's day, since only the console knows the time zone. */
    dayStart: z.iso.datetime(),
  }),
  answer: z.object({
    accounts: z.int(),
    open: z.array(caseRow),
    recent: z.array(caseRow),
    today: z.object({
      cases: z.int(),
      resets: z.int(),
      refused: z.int(),
      failedChecks: z.int(),
      /** Median seconds from opening a case to its reset; null before the first. */
      medianSeconds: z.int().nullable(),
    }),
  }),
  errors: [],
});
export type DeskView = z.infer<typeof getDesk.answer>;
