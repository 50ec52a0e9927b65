import type { CaseRow } from '../../../shared/api/case.ts';
import { caseResultTexts, caseStateTexts } from '../../../shared/texts/en/case-words.ts';
import { csvLine } from '../../text/csv-line.ts';

type Page = { readonly cases: readonly CaseRow[]; readonly more: boolean };

/** Cases as lines of CSV, newest first, read page by page. `before` is the number of the last case on the previous page. */
export async function* casesCsv(read: (before: number | undefined) => Promise<Page>): AsyncGenerator<string> {
  yield csvLine([
    'Case',
    'Name',
    'User name',
    'Operator',
    'Ticket',
    'Reason',
    'Opened',
    'Ended',
    'State',
    'Result',
  ]);
  for (let before: number | undefined, more = true; more;) {
    const page = await read(before);
    for (const row of page.cases)
      yield csvLine([
        String(row.number),
        row.displayName,
        row.userName,
        row.operator,
        row.ticket ?? '',
        row.reason ?? '',
        row.openedAt,
        row.endedAt ?? '',
        caseStateTexts[row.state],
        caseResultTexts[row.result],
      ]);
    before = page.cases.at(-1)?.number ?? before;
    more = page.more;
  }
}
