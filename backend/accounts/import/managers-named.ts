import type { Transaction } from '../../store/store.ts';
import { builtInHome } from './home.ts';
import { bareWordsOf, readManagerName } from '../../text/manager-name.ts';
import { numbersIn, resolveManagers } from '../../directories/find-manager.ts';
import { looseNumber } from '../../text/bare-number.ts';
import { foldedWords } from '../../text/fold.ts';
import { unpackRow } from './staged-row.ts';

interface Named {
  rows: number;
  firstLine: number;
}

const pageSize = 1000;
/** Different managers that are looked up. A column with more values does not contain managers. */
const maxNames = 100_000;

/** The managers that the rows of a file name, each once. */
export class ManagersNamed {
  readonly #named = new Map<string, Named>();

  add(manager: string, line: number): void {
    const known = this.#named.get(manager);
    if (known !== undefined) known.rows += 1;
    else if (this.#named.size < maxNames) this.#named.set(manager, { rows: 1, firstLine: line });
  }

  /** The managers that are neither an account nor a new account of the file. */
  async notFound(tx: Transaction, importId: string): Promise<ReadonlyMap<string, Named>> {
    if (this.#named.size === 0) return this.#named;
    const found = await resolveManagers(tx, [...this.#named.keys()], builtInHome.directory_id);
    const open = new Map([...this.#named].filter(([name]) => !found.has(name)));
    if (open.size > 0) await dropNew(tx, importId, open);
    return open;
  }
}

/** Removes the managers who are new accounts of the file themselves. */
async function dropNew(tx: Transaction, importId: string, open: Map<string, Named>): Promise<void> {
  const byKey = new Map<string, string[]>();
  for (const name of open.keys()) {
    const read = readManagerName(name);
    const words = read === null ? [] : [read.words, read.bareWords].filter(({ length }) => length > 0);
    const numbers = read === null ? [] : numbersIn(read);
    const keys = [
      ...(read?.keys ?? []),
      ...numbers.map((number) => `number ${number}`),
      ...words.map((list) => `words ${list.join(' ')}`),
    ];
    for (const key of keys) byKey.set(key, [...(byKey.get(key) ?? []), name]);
  }
  for (let last = 0; open.size > 0;) {
    const rows = await tx
      .selectFrom('import_rows')
      .select(['line', 'data'])
      .where('import_id', '=', importId)
      .where('line', '>', last)
      .where('kind', '=', 'new')
      .orderBy('line')
      .limit(pageSize)
      .execute();
    for (const { data } of rows) {
      const row = unpackRow(data);
      const words = foldedWords(row.display_name).map(({ word }) => word);
      const bareWords = bareWordsOf(row.display_name);
      for (const key of [
        row.user_name_key,
        row.email_key ?? '',
        row.employee_number_key ?? '',
        `number ${looseNumber(row.employee_number_key ?? '') ?? ''}`,
        `words ${words.toSorted().join(' ')}`,
        `words ${bareWords.join(' ')}`,
      ])
        for (const name of byKey.get(key) ?? []) open.delete(name);
    }
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.line ?? last;
  }
}
