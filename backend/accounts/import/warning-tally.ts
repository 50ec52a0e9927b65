import type { ImportWarning } from '../../../shared/api/import-file.ts';
import type { RowWarning } from './read-account.ts';

/** Different values that are listed, more than an administrator reads. */
const maxValues = 1000;

/** Counts remarks about values: one entry for each value instead of one for each row. */
export class WarningTally {
  readonly #counted = new Map<string, ImportWarning>();

  add({ reason, field, value }: RowWarning, line: number, rows = 1): void {
    const key = `${reason} ${field} ${value}`;
    const known = this.#counted.get(key);
    if (known !== undefined) this.#counted.set(key, { ...known, rows: known.rows + rows });
    else if (this.#counted.size < maxValues)
      this.#counted.set(key, { reason, field, value, rows, firstLine: line });
  }

  list(): readonly ImportWarning[] {
    return [...this.#counted.values()];
  }
}
