import { basename } from 'node:path';
import { readBundled } from './bundled-file.ts';
import { unpackWoff } from './unpack-woff.ts';

/** The default font's scripts, most common first; each is a separate file. */
const scripts = [
  'latin',
  'latin-ext',
  'greek',
  'cyrillic',
  'cyrillic-ext',
  'greek-ext',
  'vietnamese',
] as const;
// Static fonts, unlike the console's variable one, which PDF libraries cannot subset.
const [regular, semibold] = [400, 600].map((weight) =>
  scripts.map((script) => `@fontsource/inter/files/inter-${script}-${weight}-normal.woff`),
) as [string[], string[]];
const monospaced = '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff';

export interface PackFont {
  /** The name under which the document registers it. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface PackFonts {
  readonly regular: readonly PackFont[];
  readonly bold: readonly PackFont[];
  /** For values that readers compare character by character. */
  readonly mono: readonly PackFont[];
}

/** Reads and unpacks a font of a package. */
export const fontOf = (path: string): PackFont => ({
  name: basename(path),
  bytes: unpackWoff(readBundled(path)),
});

/** Reads the fonts that every pack uses. */
export const readFonts = (): PackFonts => ({
  regular: regular.map(fontOf),
  bold: semibold.map(fontOf),
  mono: [fontOf(monospaced)],
});
