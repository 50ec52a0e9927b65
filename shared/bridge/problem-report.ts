import { z } from 'zod';

/** The files of a report that a page shows before anything is saved. */
export const reportFiles = ['facts.json', 'console.log', 'console.old.log'] as const;
export const reportFile = z.object({ name: z.enum(reportFiles), text: z.string() });
export type ReportFile = z.infer<typeof reportFile>;
