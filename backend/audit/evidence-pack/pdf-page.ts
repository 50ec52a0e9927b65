import Pdf from 'pdfkit';
import type { PackFonts } from './fonts.ts';
import { graphemesOf, TextLayout } from './text-layout.ts';

export interface TextLook {
  readonly size?: number;
  readonly colour?: string;
  readonly bold?: boolean;
  /** Uses the font in which readers compare characters. */
  readonly mono?: boolean;
}

export const colours = { ink: '#1d1e21', soft: '#57606a', accent: '#00857a', bad: '#b42318' } as const;
export const margin = 48;
const [pageWidth, pageHeight] = [595.28, 841.89];
export const measure = pageWidth - 2 * margin;
const bottom = pageHeight - 64;

/** Writes A4 sheets from top to bottom, in any script that the bundled fonts support. */
export class PdfPage {
  readonly doc: PDFKit.PDFDocument;
  y = margin;
  readonly #letterer: TextLayout;
  /** The open structure elements that contain the next output, the innermost last. */
  readonly #open: { readonly type: string; readonly element: PDFKit.PDFStructureElement }[] = [];

  constructor(fonts: PackFonts, info: { title: string; at: Date }) {
    this.doc = new Pdf({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      // An empty name keeps pdfkit from reading a standard font from files beside itself.
      font: '',
      lang: 'en',
      // The document structure lets screen readers find headings, paragraphs and table cells.
      tagged: true,
      pdfVersion: '1.7',
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
    const document = this.doc.struct('Document');
    this.doc.addStructure(document);
    this.#open.push({ type: 'Document', element: document });
  }

  /** Writes the content of a structure element, such as `H1`, `P`, `Table`, `TR` or `TD`. */
  tagged(type: string, write: () => void): void {
    const element = this.doc.struct(type);
    this.#open.at(-1)?.element.add(element);
    this.#open.push({ type, element });
    write();
    this.#open.pop();
    element.end();
  }

  /** Draws content without meaning, such as lines, repeated table heads and page footers. Screen readers skip it. */
  artifact(draw: () => void): void {
    this.#isArtifact = true;
    draw();
    this.#isArtifact = false;
  }
  #isArtifact = false;

  #mark(draw: () => void): void {
    if (this.#isArtifact) {
      this.doc.markContent('Artifact', { type: 'Layout' });
      draw();
      this.doc.endMarkedContent();
      return;
    }
    const open = this.#open.at(-1);
    const content = this.doc.markStructureContent(open?.type ?? 'P');
    draw();
    this.doc.endMarkedContent();
    open?.element.add(content);
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

  /** Splits a text into lines no wider than `width`; a wider word is cut. */
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
        // A single character that is too wide is still written.
        if (cut < 1) return void lines.push(word);
        lines.push(signs.slice(0, cut).join(''));
        put(signs.slice(cut).join(''));
      }
    };
    for (const word of text.split(/\s+/)) if (word !== '') put(word);
    lines.push(line);
    return lines;
  }

  /** Writes one line at a given place. */
  write(text: string, x: number, y: number, look: TextLook = {}): void {
    const { size = 9, colour = colours.ink } = look;
    let at = x;
    // Fonts of other scripts are taller, so all fonts share the baseline instead of the top.
    const baseline = y + this.#letterer.ascent * size;
    this.#mark(() => {
      for (const { font, text: part } of this.#runs(text, look)) {
        this.doc.font(font).fontSize(size).fillColor(colour);
        const width = this.doc.widthOfString(part);
        this.doc.text(part, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
        at += width;
      }
    });
  }

  /** Starts a new sheet if this height does not fit on the current one. */
  need(height: number): boolean {
    if (this.y + height <= bottom) return false;
    this.doc.addPage();
    this.y = margin;
    return true;
  }

  /** A paragraph as wide as the sheet. */
  paragraph(text: string, look: TextLook = {}): void {
    const leading = (look.size ?? 9) * 1.45;
    this.tagged('P', () => {
      for (const line of this.linesOf(text, measure, look)) {
        this.need(leading);
        this.write(line, margin, this.y, look);
        this.y += leading;
      }
    });
  }

  rule(colour = '#d5d9de'): void {
    this.artifact(() =>
      this.#mark(() => {
        this.doc
          .moveTo(margin, this.y)
          .lineTo(pageWidth - margin, this.y)
          .lineWidth(0.6)
          .strokeColor(colour)
          .stroke();
      }),
    );
  }

  /** Writes the foot of every sheet, once all sheets exist. */
  feet(words: (page: number, pages: number) => readonly [left: string, right: string]): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(start + page);
      const [left, right] = words(page + 1, count);
      const look = { size: 7.5, colour: colours.soft };
      this.artifact(() => {
        this.write(left, margin, pageHeight - 40, look);
        this.write(right, pageWidth - margin - this.widthOf(right, look), pageHeight - 40, look);
      });
    }
  }

  /** Ends the document and returns its bytes. */
  async bytes(): Promise<Buffer> {
    this.#open[0]?.element.end();
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
