import type { MutantArea } from '../mutant.ts';

const rowTests = ['backend/accounts/import/merge-columns.test.ts'];
const fileTests = ['backend/accounts/import/imports.test.ts'];
const scannerTests = ['backend/accounts/import/file/csv-scanner.test.ts'];

export const rows: MutantArea = {
  area: 'import-reading',
  mutants: [
    {
      id: 'reading-status',
      rule: 'A status that is not known is never active.',
      file: 'backend/accounts/import/read-account.ts',
      find: "row.warn('status', 'status-unknown', text);\n      found.add('disabled');",
      replace: "row.warn('status', 'status-unknown', text);",
      tests: rowTests,
    },
    {
      id: 'reading-date',
      rule: 'A day that does not exist is no date.',
      file: 'backend/accounts/import/values/dates.ts',
      find: 'if (!isDay(year, month, day)) return null;',
      replace: '',
      tests: rowTests,
    },
    {
      id: 'reading-last-day',
      rule: 'A day lasts to its end.',
      file: 'backend/accounts/import/values/dates.ts',
      find: 'endOfDay(date.day, zone)',
      replace: 'instantOf(date.day, zone)',
      tests: rowTests,
    },
    {
      id: 'reading-date-order',
      rule: 'A date that can be read both ways is not stored without an order.',
      file: 'backend/accounts/import/values/dates.ts',
      find: "if (order === undefined) return { kind: 'ambiguous' };",
      replace: '',
      tests: rowTests,
    },
    {
      id: 'reading-unread',
      rule: 'A value that cannot be read leaves what the account has.',
      file: 'backend/accounts/import/read-account.ts',
      find: 'if (isUnread) this.unread.push(field);',
      replace: '',
      tests: rowTests,
    },
    {
      id: 'reading-rounded',
      rule: 'A number that Excel has rounded is not stored.',
      file: 'backend/accounts/import/read-account.ts',
      find: 'if (isRounded(text) || text.length > maxLength.employeeNumber) return null;',
      replace: 'if (text.length > maxLength.employeeNumber) return null;',
      tests: rowTests,
    },
    {
      id: 'reading-width',
      rule: 'A row with a value beyond the header is refused.',
      file: 'backend/accounts/import/file/table.ts',
      find: 'if (surplus !== -1) {',
      replace: 'if (surplus === -2) {',
      tests: rowTests,
    },
    {
      id: 'reading-line-ends',
      rule: 'CR CR LF is one line end.',
      file: 'backend/accounts/import/file/csv-scanner.ts',
      find: 'if (held.charCodeAt(after) === carriageReturn) after += 1;',
      replace: '',
      tests: scannerTests,
    },
    {
      id: 'reading-wanted',
      rule: 'A long cell is refused only if its column is mapped.',
      file: 'backend/accounts/import/file/csv-scanner.ts',
      find: 'cell.length > limits.importRow && this.#isWanted(column);',
      replace: 'cell.length > limits.importRow;',
      tests: scannerTests,
    },
    {
      id: 'reading-unclosed',
      rule: 'An unclosed quote is given up after the length of a row.',
      file: 'backend/accounts/import/file/csv-scanner.ts',
      find: "if (/[\\r\\n]/u.test(cell.slice(0, -2))) return 'bad-quotes';",
      replace: '',
      tests: scannerTests,
    },
    {
      id: 'reading-interrupted',
      rule: 'Rows before an interruption are imported.',
      file: 'backend/accounts/import/read-rows.ts',
      find: 'if (error instanceof FileInterrupted) yield* table.add([], true);',
      replace: '',
      tests: fileTests,
    },
  ],
};
