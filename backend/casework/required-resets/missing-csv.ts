import type { RequiredResetAccount } from '../../../shared/api/required-reset.ts';
import { csvLine } from '../../text/csv-line.ts';

type Page = { readonly accounts: readonly RequiredResetAccount[]; readonly more: boolean };

/** Accounts as lines of CSV, read page by page. */
export async function* missingCsv(read: (after: string) => Promise<Page>): AsyncGenerator<string> {
  yield csvLine(['User name', 'Name', 'Department', 'Progress', 'Told', 'Reminders']);
  for (let after = '', more = true; more;) {
    const page = await read(after);
    for (const { userName, displayName, department, progress, toldAt, reminders } of page.accounts)
      yield csvLine([userName, displayName, department ?? '', progress, toldAt ?? '', String(reminders)]);
    after = page.accounts.at(-1)?.userName ?? after;
    more = page.more;
  }
}
