import Pdf from 'pdfkit';
import type { PackFonts } from './fonts.ts';
import { graphemesOf, TextLayout } from './text-layout.ts';

export interface TextLook {
  readonly size?: number;
  readonly colour?: string;
  readonly bold?: boolean;
  /** The font in which letters are compared. */
  readonly mono?: boolean;
}

export const colours = { ink: '#1d1e21', soft: '#57606a', accent: '#00857a', bad: '#b42318' } as const;
export const margin = 48;
const [pageWidth, pageHeight] = [595.28, 841.89];
export const measure = pageWidth - 2 * margin;
const bottom = pageHeight - 64;

/** Sheets of A4 that are written from top to bottom, in whatever script the bundled fonts know. */
export class PdfPage {
  readonly doc: PDFKit.PDFDocument;
  y = margin;
  readonly #letterer: TextLayout;

  constructor(fonts: PackFonts, info: { title: string; at: Date }) {
    this.doc = new Pdf({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      // None of the fonts that pdfkit would read from files beside itself.
      font: '',
      lang: 'en',
      displayTitle: true,
      info: {
        Title: info.title,
        Creator: 'Reset Desk',
        Producer: 'Reset Desk',
        CreationDate: info.at,
        ModDate: info.at,
      },
    });
    this.#letterer = new TextLayout(this.doc, fonts);
  }

  #runs(text: string, { bold = false, mono = false }: TextLook) {
    return this.#letterer.runs(text, mono ? 'mono' : bold ? 'bold' : 'regular');
  }

  widthOf(text: string, look: TextLook = {}): number {
    this.doc.fontSize(look.size ?? 9);
    let width = 0;
    for (const { font, text: part } of this.#runs(text, look))
      width += this.doc.font(font).widthOfString(part);
    return width;
  }

  /** The lines of a text that is no wider than `width`; a word that is wider is cut. */
  linesOf(text: string, width: number, look: TextLook = {}): string[] {
    const lines: string[] = [];
    let line = '';
    const put = (word: string) => {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.widthOf(longer, look) <= width) line = longer;
      else if (line !== '') {
        lines.push(line);
        line = '';
        put(word);
      } else {
        const signs = graphemesOf(word);
        let cut = signs.length - 1;
        while (cut > 1 && this.widthOf(signs.slice(0, cut).join(''), look) > width) cut -= 1;
        // One sign alone that is too wide stands all the same.
        if (cut < 1) return void lines.push(word);
        lines.push(signs.slice(0, cut).join(''));
        put(signs.slice(cut).join(''));
      }
    };
    for (const word of text.split(/\s+/)) if (word !== '') put(word);
    lines.push(line);
    return lines;
  }

  /** One line at a place of its own. */
  write(text: string, x: number, y: number, look: TextLook = {}): void {
    const { size = 9, colour = colours.ink } = look;
    let at = x;
    // Fonts of other scripts are taller: they share the line that letters stand on, not the top.
    const baseline = y + this.#letterer.ascent * size;
    for (const { font, text: part } of this.#runs(text, look)) {
      this.doc.font(font).fontSize(size).fillColor(colour);
      const width = this.doc.widthOfString(part);
      this.doc.text(part, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
      at += width;
    }
  }

  /** A new sheet when so much does not fit on this one. */
  need(height: number): boolean {
    if (this.y + height <= bottom) return false;
    this.doc.addPage();
    this.y = margin;
    return true;
  }

  /** A paragraph as wide as the sheet. */
  paragraph(text: string, look: TextLook = {}): void {
    const leading = (look.size ?? 9) * 1.45;
    for (const line of this.linesOf(text, measure, look)) {
      this.need(leading);
      this.write(line, margin, this.y, look);
      this.y += leading;
    }
  }

  rule(colour = '#d5d9de'): void {
    this.doc
      .moveTo(margin, this.y)
      .lineTo(pageWidth - margin, this.y)
      .lineWidth(0.6)
      .strokeColor(colour)
      .stroke();
  }

  /** What stands at the foot of every sheet, once all of them are there. */
  feet(words: (page: number, pages: number) => readonly [left: string, right: string]): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(start + page);
      const [left, right] = words(page + 1, count);
      const look = { size: 7.5, colour: colours.soft };
      this.write(left, margin, pageHeight - 40, look);
      this.write(right, pageWidth - margin - this.widthOf(right, look), pageHeight - 40, look);
    }
  }

  /** Ends the document and gives its bytes. */
  async bytes(): Promise<Buffer> {
    const parts: Buffer[] = [];
    this.doc.on('data', (part: Buffer) => parts.push(part));
    const ended = new Promise((resolve) => {
      this.doc.once('end', resolve);
    });
    this.doc.end();
    await ended;
    return Buffer.concat(parts);
  }
}
