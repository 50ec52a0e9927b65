import type { Selectable } from 'kysely';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { foldedWords } from '../../text/fold.ts';
import { planOf } from './analyse-rows.ts';
import { few } from './mass-change.ts';

/** Accounts or rows read per page. */
const pageSize = 5000;
/** The share of the new accounts whose people must be known by name. Among few new colleagues, namesakes are a coincidence. */
const minShare = 1 / 4;

/** A name whatever the order of its words. */
const nameKey = (name: string): string =>
  foldedWords(name)
    .map(({ word }) => word)
    .toSorted()
    .join(' ');

async function newNames(tx: Transaction, importId: string): Promise<Map<string, number>> {
  const names = new Map<string, number>();
  for (let line = 0; ;) {
    const rows = await tx
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'fields'])
      .where('import_id', '=', importId)
      .where('kind', '=', 'new')
      .where('line', '>', line)
      .orderBy('line')
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      const key = nameKey(planOf(row).row.display_name);
      if (key !== '') names.set(key, (names.get(key) ?? 0) + 1);
    }
    if (rows.length < pageSize) return names;
    line = rows.at(-1)?.line ?? line;
  }
}

/**
 * The number of new accounts of a file that have the name of an open account of the same source: probably the same people, whom a new mail domain or another
 * column makes unknown. Counted only if there are more new accounts than the policy's limit; 0 otherwise.
 */
export async function countAddedAgain(
  tx: Transaction,
  { id, source }: Pick<Selectable<ImportsTable>, 'id' | 'source'>,
  created: number,
  total: number,
  { massChange }: Pick<PolicyDocument['accounts'], 'massChange'>,
): Promise<number> {
  if (created <= few || (created <= massChange.accounts && created <= (total * massChange.percent) / 100))
    return 0;
  let names: Map<string, number> | null = null;
  let again = 0;
  for (let last = 0; ;) {
    const accounts = await tx
      .selectFrom('accounts')
      .select(['row_id', 'display_name'])
      .where('source', '=', source)
      .where('closed_at', 'is', null)
      .where('row_id', '>', last)
      .orderBy('row_id')
      .limit(pageSize)
      .execute();
    // The first import of a source has no account to compare with.
    if (accounts.length > 0) names ??= await newNames(tx, id);
    for (const { display_name: name } of accounts) {
      const key = nameKey(name);
      again += names?.get(key) ?? 0;
      names?.delete(key);
    }
    if (accounts.length < pageSize) break;
    last = accounts.at(-1)?.row_id ?? last;
  }
  return again > created * minShare ? again : 0;
}
