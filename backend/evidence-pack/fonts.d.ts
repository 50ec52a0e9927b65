/** Every file that a pack needs. Not the variable font of the console: PDF libraries cannot take a part of one. */
export declare const fontFiles: readonly string[];
export interface PackFont {
  /** Under which the document knows it. */
  readonly name: string;
  readonly bytes: Buffer;
}
export interface PackFonts {
  readonly regular: readonly PackFont[];
  readonly bold: readonly PackFont[];
  /** For what is compared letter by letter. */
  readonly mono: readonly PackFont[];
}
export declare const readFonts: () => PackFonts;
