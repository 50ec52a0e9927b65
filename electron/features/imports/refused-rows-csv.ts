import type { z } from 'zod';
import type { importRefusal } from '../../../shared/api/import-view.ts';

type Refused = z.output<typeof importRefusal>;

/** A quoted cell that no spreadsheet takes for a formula, whatever the imported file contains. */
const cell = (value: string | number): string => {
  const text = String(value);
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
};

/** The refused rows as a CSV file for a spreadsheet. */
export const refusedRowsCsv = (refused: readonly Refused[]): string =>
  [['Line', 'Reason', 'Detail'], ...refused.map(({ line, reason, detail }) => [line, reason, detail])]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n');
