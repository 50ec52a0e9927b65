/** Characters that an operator may add to a report. In a file without schemas, because the first page reads it. */
export const maxReportText = 5000;
