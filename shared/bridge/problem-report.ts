import { z } from 'zod';

/** Characters that an operator may add to a report. */
export const maxReportText = 5000;

/** The files of a report that a page shows before anything is saved. */
export const reportFiles = ['facts.json', 'console.log', 'console.old.log'] as const;
export const reportFile = z.object({ name: z.enum(reportFiles), text: z.string() });
export type ReportFile = z.infer<typeof reportFile>;
