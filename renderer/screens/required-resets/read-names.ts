const named =
  /^"?\s*(?:user[ _-]?name|login|account|sam[ _-]?account[ _-]?name|e-?mail(?:[ _-]?address)?|mail|upn)\s*"?$/i;

/** The cells of one line; quotes may hold the separator. */
function cellsOf(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"|[^,;\t]*)(?:[,;\t]|$)/g) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/[,;\t]$/, '')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"')
      .trim(),
  );
}

/**
 * The user names and addresses of a list or a CSV: of the column that its first line names so, else of the first column. Each once, in their
 * order.
 */
export function readNames(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const header = cellsOf(lines[0] ?? '');
  const column = header.findIndex((cell) => named.test(cell));
  const rows = column < 0 ? lines : lines.slice(1);
  const names = rows.map((line) => cellsOf(line)[Math.max(0, column)] ?? '').filter((name) => name !== '');
  return [...new Set(names)];
}
