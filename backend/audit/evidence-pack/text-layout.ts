import { splitByFont, type Run } from './font-runs.ts';
import { fontOf, type PackFont, type PackFonts } from './fonts.ts';
import { showInvisible } from './legible.ts';
import { createOtherScripts } from './other-scripts.ts';
import { hasRightToLeft, visualOrder } from './visual-order.ts';

/**
 * The font that pdfkit has opened. Its public interface does not tell which characters a font has; opening each font with fontkit a second time would
 * double the work and add types of its own, so this reads fontkit's font from pdfkit's `_font`.
 */
interface OpenedFont {
  /** In thousandths of the font size. */
  readonly ascender: number;
  readonly font: { hasGlyphForCodePoint(point: number): boolean };
}
const openedFont = '_font';
export type Face = keyof PackFonts;
type Names = readonly [string, ...string[]];

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** The characters as a reader sees them, each with its combining marks. */
export const graphemesOf = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Chooses the fonts and the visual order for a line in any script that the bundled fonts have. */
export class TextLayout {
  readonly #doc: PDFKit.PDFDocument;
  readonly #faces: Readonly<Record<Face, Names>>;
  readonly #has = new Map<string, boolean>();
  readonly #others = createOtherScripts();
  readonly #opened = new Set<string>();
  readonly #lines = new Map<string, Run<string>[]>();
  /** From the top of a line to its baseline, as a fraction of the font size. */
  readonly ascent: number;

  constructor(doc: PDFKit.PDFDocument, { regular, bold, mono }: PackFonts) {
    this.#doc = doc;
    const open = (fonts: readonly PackFont[]) => fonts.map((font) => this.#open(font)) as unknown as Names;
    const usual = open(regular);
    this.#faces = { regular: usual, bold: open(bold), mono: [...open(mono), ...usual] };
    this.ascent = this.#openedAs(usual[0]).ascender / 1000;
  }

  #openedAs(font: string): OpenedFont {
    this.#doc.font(font);
    return (this.#doc as unknown as Readonly<Record<string, OpenedFont>>)[openedFont] as OpenedFont;
  }

  #open({ name, bytes }: PackFont): string {
    this.#doc.registerFont(name, bytes);
    this.#opened.add(name);
    return name;
  }

  #prints(font: string, point: number): boolean {
    const key = `${font} ${point}`;
    const known = this.#has.get(key);
    if (known !== undefined) return known;
    const has = this.#openedAs(font).font.hasGlyphForCodePoint(point);
    this.#has.set(key, has);
    return has;
  }

  /** Finds a font of another script that has the character, and opens it at its first use. */
  #another(point: number, text: string): string | null {
    for (const file of this.#others(point, text)) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (!this.#opened.has(name)) this.#open(fontOf(file));
      if (this.#prints(name, point)) return name;
    }
    return null;
  }

  /** The runs of a line, from left to right. */
  runs(line: string, face: Face): Run<string>[] {
    const key = `${face} ${line}`;
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const fonts = this.#faces[face];
    const some = (point: number) => fonts.some((font) => this.#prints(font, point));
    const printed = showInvisible(line, (character) => {
      const point = character.codePointAt(0) ?? 0;
      return some(point) || this.#another(point, line) !== null;
    });
    const runsOf = (text: string) =>
      splitByFont(
        text,
        fonts,
        (font, point) => this.#prints(font, point),
        (point) => this.#another(point, line),
      );
    const runs = visualOrder(inThaiOrder(printed)).flatMap(({ text, rightToLeft }) =>
      rightToLeft ? fromTheRight(text, runsOf) : runsOf(text),
    );
    this.#lines.set(key, runs);
    return runs;
  }
}

/** SARA AM's circle belongs below the tone mark that is typed before it; pdfkit leaves it above. */
const inThaiOrder = (text: string): string => text.replaceAll(/([\u0E48-\u0E4B])\u0E33/g, '\u0E4D$1\u0E32');

/**
 * pdfkit orders the letters within a right-to-left word itself, but places words and runs from the left, and leaves characters without a script in their
 * logical order.
 */
function fromTheRight(text: string, runsOf: (text: string) => Run<string>[]): Run<string>[] {
  return text
    .split(/( +)/)
    .filter((word) => word !== '')
    .toReversed()
    .flatMap((word) => runsOf(word).toReversed())
    .map((run) =>
      hasRightToLeft(run.text) ? run : { ...run, text: graphemesOf(run.text).toReversed().join('') },
    );
}
