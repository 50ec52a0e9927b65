import { basename } from 'node:path';
import { readBundled } from './bundled-file.ts';
import { unpackWoff } from './unpack-woff.ts';

/** The scripts of the usual font, the commonest first; each is a file of its own. */
const scripts = [
  'latin',
  'latin-ext',
  'greek',
  'cyrillic',
  'cyrillic-ext',
  'greek-ext',
  'vietnamese',
] as const;
// Not the variable font of the console: PDF libraries cannot take a part of one.
const [regular, semibold] = [400, 600].map((weight) =>
  scripts.map((script) => `@fontsource/inter/files/inter-${script}-${weight}-normal.woff`),
) as [string[], string[]];
const letterByLetter = '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff';

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

/** One font of a package, unpacked. */
export const fontOf = (path: string): PackFont => ({
  name: basename(path),
  bytes: unpackWoff(readBundled(path)),
});

/** The fonts of every pack. */
export const readFonts = (): PackFonts => ({
  regular: regular.map(fontOf),
  bold: semibold.map(fontOf),
  mono: [fontOf(letterByLetter)],
});
