import type { ImportMapping, ImportPreview } from '../../../../shared/api/import-file.ts';
import { isSecretName } from '../columns/column-name.ts';
import { repairedText } from '../encoding/repaired-text.ts';
import { plausibility } from '../encoding/plausibility.ts';
import { recogniseEncoding } from './recognise-encoding.ts';
import type { OtherLine } from '../encoding/line-decoder.ts';
import type { TableRow } from './table.ts';
import { createDecoder } from '../encoding/text-decoder.ts';

type Notice = ImportPreview['notices'][number];

/** Letters that a program has replaced by question marks: "J?rg". */
const questioned = /\p{L}\?\p{L}|(?:^|\s)\?\p{L}/u;

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const cellsBeyondAscii = (text: string): string | undefined =>
  text.split(/[,;\t|]/u).find((cell) => /\P{ASCII}/u.test(cell));

/** The first line of a file that is not UTF-8, with the encoding that it is likely in; null if all lines are UTF-8. */
async function otherLine(head: Buffer, isWhole: boolean): Promise<Notice | null> {
  let [line, start] = [1, 0];
  for (let at = 0; at <= head.length; at += 1) {
    const isEnd = head[at] === 0x0a || (head[at] === 0x0d && head[at + 1] !== 0x0a && head[at + 1] !== 0x0d);
    if (at < head.length && !isEnd) continue;
    const bytes = head.subarray(start, at);
    start = at + 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: at === head.length && !isWhole });
    } catch {
      const encoding = await recogniseEncoding(Buffer.from(bytes.toString('latin1'), 'latin1'), true);
      const text = createDecoder(encoding).decode(bytes, { stream: true });
      const found = cellsBeyondAscii(text) ?? text;
      return { kind: 'mixed-encodings', line, column: null, detail: short(`${encoding}: ${found.trim()}`) };
    }
    line += 1;
  }
  return null;
}

/** What may be wrong with the text of a file, with the first place of each kind. */
export async function noticesOf({
  head,
  isWhole,
  encoding,
  others,
  rows,
  names,
  nameColumns,
}: {
  /** Null for a workbook. */
  head: Buffer | null;
  isWhole: boolean;
  encoding: ImportMapping['encoding'];
  /** The lines in another encoding. */
  others: ReadonlyMap<number, OtherLine>;
  rows: readonly TableRow[];
  names: readonly string[];
  /** The columns with the names of people. */
  nameColumns: ReadonlySet<number>;
}): Promise<Notice[]> {
  const found = new Map<Notice['kind'], Notice>();
  const add = (notice: Notice) => {
    if (!found.has(notice.kind)) found.set(notice.kind, notice);
  };
  const [other] = others.values();
  if (other) {
    const { line, encoding: read, text } = other;
    const cell = cellsBeyondAscii(text) ?? text;
    add({ kind: 'other-encoding', line, column: null, detail: short(`${read}: ${cell.trim()}`) });
  }
  const unlikely: Notice[] = [];
  for (const row of rows) {
    if (row.kind === 'skipped')
      add({ kind: 'lines-skipped', line: row.line, column: null, detail: short(row.text) });
    if (row.kind !== 'row') continue;
    for (const [column, cell] of row.cells.entries()) {
      if (cell.length > 2000 || isSecretName(names[column] ?? '')) continue;
      const isName = nameColumns.has(column);
      if (!/\P{ASCII}/u.test(cell) && !(isName && questioned.test(cell))) continue;
      const place = { line: row.line, column: names[column] ?? `Column ${column + 1}` };
      const repaired = repairedText(cell);
      if (cell.includes('\uFFFD') || (isName && questioned.test(cell)))
        add({ kind: 'characters-lost', ...place, detail: short(cell) });
      else if (/[\u0080-\u009F]/u.test(cell))
        add({ kind: 'control-characters', ...place, detail: short(cell) });
      else if (repaired !== null)
        add({ kind: 'encoded-twice', ...place, detail: short(`${cell} → ${repaired}`) });
      else if (isName && plausibility(cell.replaceAll(/\p{Cf}/gu, '')) <= 0.5)
        unlikely.push({ kind: 'unlikely-letters', ...place, detail: short(cell) });
    }
  }
  // A few unusual names are no sign of a wrong encoding; if most names with such letters are unusual, it is one.
  const beyond = rows.flatMap((row) =>
    row.kind === 'row'
      ? row.cells.filter((cell, column) => nameColumns.has(column) && /\P{ASCII}/u.test(cell))
      : [],
  );
  if (unlikely[0] && unlikely.length >= beyond.length / 3) add(unlikely[0]);
  if (encoding === 'utf-8' && head !== null && found.has('characters-lost')) {
    const unread = others.size > 0 ? null : await otherLine(head, isWhole);
    if (unread) {
      found.delete('characters-lost');
      add(unread);
    }
  }
  return [...found.values()];
}
