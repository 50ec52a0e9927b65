import { splitByFont, type Run } from './font-runs.ts';
import { fontOf, type PackFont, type PackFonts } from './fonts.ts';
import { showInvisible } from './legible.ts';
import { createOtherScripts } from './other-scripts.ts';
import { hasRightToLeft, visualOrder } from './visual-order.ts';

/** A font as the PDF library has opened it: it says which characters it has, which the library itself does not. */
interface OpenedFont {
  /** Thousandths of the size. */
  readonly ascender: number;
  readonly font: { hasGlyphForCodePoint(point: number): boolean };
}
const openedFont = '_font';
export type Face = keyof PackFonts;
type Names = readonly [string, ...string[]];

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** The characters as they are seen, each with what is set on top of it. */
export const graphemesOf = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Chooses fonts and order for a line in whatever script the bundled fonts know. */
export class TextLayout {
  readonly #doc: PDFKit.PDFDocument;
  readonly #faces: Readonly<Record<Face, Names>>;
  readonly #has = new Map<string, boolean>();
  readonly #others = createOtherScripts();
  readonly #opened = new Set<string>();
  readonly #lines = new Map<string, Run<string>[]>();
  /** From the top of a line to what its letters stand on, in parts of the size. */
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

  /** A font of another script that has the character; opened when it is met first. */
  #another(point: number, text: string): string | null {
    for (const file of this.#others(point, text)) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (!this.#opened.has(name)) this.#open(fontOf(file));
      if (this.#prints(name, point)) return name;
    }
    return null;
  }

  /** The runs of a line from left to right. */
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

/** The circle of SARA AM stands below the tone mark that is written before it; the PDF library leaves it above. */
const inThaiOrder = (text: string): string => text.replaceAll(/([\u0E48-\u0E4B])\u0E33/g, '\u0E4D$1\u0E32');

/**
 * The PDF library puts the letters of a word that is read from right to left in their places by itself, but words and runs always after each other from
 * the left, and signs that are of no script as they come.
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
