import type { RequiredResetAccount } from '../../../shared/api/required-reset.ts';

type Page = { readonly accounts: readonly RequiredResetAccount[]; readonly more: boolean };

/** A cell that a spreadsheet always treats as text: formulas are disabled, quotes doubled. */
const cell = (value: string): string => {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
};
const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** Accounts as lines of CSV, read page by page. */
export async function* missingCsv(read: (after: string) => Promise<Page>): AsyncGenerator<string> {
  yield line(['User name', 'Name', 'Department', 'Progress', 'Told', 'Reminders']);
  for (let after = '', more = true; more;) {
    const page = await read(after);
    for (const { userName, displayName, department, progress, toldAt, reminders } of page.accounts)
      yield line([userName, displayName, department ?? '', progress, toldAt ?? '', String(reminders)]);
    after = page.accounts.at(-1)?.userName ?? after;
    more = page.more;
  }
}
