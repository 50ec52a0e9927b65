import { z } from 'zod';
import { caseRow, openCaseRow } from './case.ts';
import { endpoint } from './endpoint.ts';

export const getDesk = endpoint({
  id: 'getDesk',
  method: 'GET',
  path: '/desk',
  summary: "Get the start page: the operator's open and recent cases, and today's numbers",
  right: 'cases.work',
  scope: { by: 'rows' },
  bridge: 'desk.get',
  query: z.object({
    /** The start of the operator's day: only the console knows its time zone. */
    dayStart: z.iso.datetime(),
  }),
  answer: z.object({
    accounts: z.int(),
    open: z.array(openCaseRow),
    recent: z.array(caseRow),
    today: z.object({
      cases: z.int(),
      resets: z.int(),
      refused: z.int(),
      failedChecks: z.int(),
      /** Median seconds from opening a case to its reset; null before the first reset. */
      medianSeconds: z.int().nullable(),
    }),
  }),
  errors: [],
});
export type DeskView = z.infer<typeof getDesk.answer>;
