const nameColumn =
  /^"?\s*(?:user[ _-]?name|login|account|sam[ _-]?account[ _-]?name|e-?mail(?:[ _-]?address)?|mail|upn)\s*"?$/i;

/** The cells of one CSV line. A quoted cell may contain the separator. */
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
 * Reads the user names or email addresses from a list or CSV: from the column whose heading says so, or else from the first column.
 * Duplicates are dropped, the order is kept.
 */
export function readNames(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const header = cellsOf(lines[0] ?? '');
  const column = header.findIndex((cell) => nameColumn.test(cell));
  const rows = column < 0 ? lines : lines.slice(1);
  const names = rows.map((line) => cellsOf(line)[Math.max(0, column)] ?? '').filter((name) => name !== '');
  return [...new Set(names)];
}
