import { colours, margin, measure, type PdfPage, type TextLook } from './pdf-page.ts';

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** The share of the sheet's width. */
  readonly share: number;
}
/** The content of one field. */
export type Cell = string | { readonly text: string; readonly look: TextLook };

/** Writes the title of a section. */
export function heading(page: PdfPage, title: string): void {
  // Includes room for the first rows, so that a heading is never the last line of a sheet.
  page.need(72);
  page.y += 12;
  page.tagged('H2', () => page.write(title, margin, page.y, { size: 12, bold: true }));
  page.y += 20;
}

/** Writes a table and repeats its head on every sheet. */
export function table(page: PdfPage, columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
  const gap = 8;
  const head = (cell: (write: () => void) => void) => {
    let x = margin;
    for (const { title, share } of columns) {
      cell(() => page.write(title, x, page.y, { size: 7.5, colour: colours.soft }));
      x += share * measure;
    }
    page.y += 13;
    page.rule('#868e96');
    page.y += 4;
  };
  page.tagged('Table', () => {
    page.tagged('TR', () => head((write) => page.tagged('TH', write)));
    for (const row of rows) {
      const cells = columns.map(({ share }, index) => {
        const cell = row[index] ?? '';
        const { text, look } = typeof cell === 'string' ? { text: cell, look: {} } : cell;
        const size = look.size ?? 8.5;
        return {
          look: { ...look, size },
          lines: page.linesOf(text, share * measure - gap, { ...look, size }),
        };
      });
      const height = Math.max(...cells.map(({ lines }) => lines.length)) * 12 + 4;
      // A repeated head adds no information.
      if (page.need(height)) page.artifact(() => head((write) => write()));
      let x = margin;
      page.tagged('TR', () => {
        for (const [index, { share }] of columns.entries()) {
          const { lines = [], look = {} } = cells[index] ?? {};
          page.tagged('TD', () => {
            for (const [at, line] of lines.entries()) page.write(line, x, page.y + at * 12, look);
          });
          x += share * measure;
        }
      });
      page.y += height;
      page.rule();
      page.y += 4;
    }
  });
}

/** Writes names with their values, two pairs on a line. */
export function facts(page: PdfPage, pairs: readonly (readonly [name: string, value: string])[]): void {
  const [left, half] = [84, measure / 2];
  for (let index = 0; index < pairs.length; index += 2) {
    const both = pairs.slice(index, index + 2).map(([name, value]) => ({
      name,
      lines: page.linesOf(value, half - left - 10, { size: 9 }),
    }));
    const height = Math.max(...both.map(({ lines }) => lines.length)) * 13 + 3;
    page.need(height);
    for (const [at, { name, lines }] of both.entries()) {
      const x = margin + at * half;
      page.tagged('P', () => {
        page.write(`${name}:`, x, page.y, { size: 8.5, colour: colours.soft });
        for (const [line, text] of lines.entries()) page.write(text, x + left, page.y + line * 13);
      });
    }
    page.y += height;
  }
}
