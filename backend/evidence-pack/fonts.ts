import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackWoff } from './unpack-woff.ts';

/** The scripts that the bundled fonts know, the commonest first; each is a file of its own. */
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

/** Beside the bundle where the build has put them, else where npm has. */
function read(path: string): Buffer {
  const bundled = join(
    fileURLToPath(new URL('.', import.meta.url)),
    'fonts',
    path.slice(path.lastIndexOf('/') + 1),
  );
  if (existsSync(bundled)) return readFileSync(bundled);
  return readFileSync(createRequire(import.meta.url).resolve(path));
}

export interface PackFonts {
  readonly regular: readonly PackFont[];
  readonly bold: readonly PackFont[];
  /** For what is compared letter by letter. */
  readonly mono: readonly PackFont[];
}

const fontOf = (path: string): PackFont => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  bytes: unpackWoff(read(path)),
});

export const readFonts = (): PackFonts => ({
  regular: regular.map(fontOf),
  bold: semibold.map(fontOf),
  mono: [fontOf(letterByLetter)],
});
