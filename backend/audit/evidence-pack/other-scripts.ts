import { readBundled } from './bundled-file.ts';

/** Scripts whose font is one file. */
const alphabets = ['arabic', 'hebrew', 'devanagari', 'thai'] as const;
type Ideographs = 'sc' | 'jp' | 'kr';
type Package = (typeof alphabets)[number] | Ideographs;

/** A font file and its range of code points; a hint, since the font may lack some of them. */
interface Part {
  readonly file: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** The same Han character is drawn differently in each script. The other characters of the text show which one is meant. */
function ideographsFor(text: string): readonly Ideographs[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ['jp', 'sc', 'kr'];
  if (/\p{Script=Hangul}/u.test(text)) return ['kr', 'sc', 'jp'];
  return ['sc', 'jp', 'kr'];
}

const rangesOf = (list: string): Part['ranges'] =>
  list.split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });

function partsOf(name: Package): Part[] {
  const listed = JSON.parse(
    readBundled(`@fontsource/noto-sans-${name}/unicode.json`).toString('utf8'),
  ) as Record<string, string>;
  return Object.entries(listed)
    .filter(([part]) => part === name || part.startsWith('['))
    .map(([part, list]) => ({
      file: `@fontsource/noto-sans-${name}/files/noto-sans-${name}-${part.replaceAll(/[[\]]/g, '')}-400-normal.woff`,
      ranges: rangesOf(list),
    }));
}

/**
 * Finds the files that may contain a character which the usual font lacks, the most likely first. It reads the lists at the first such character,
 * which most packs never need.
 */
export function createOtherScripts(): (point: number, text: string) => string[] {
  const lists = new Map<Package, Part[]>();
  return (point, text) =>
    [...alphabets, ...ideographsFor(text)].flatMap((name) => {
      const parts = lists.get(name) ?? partsOf(name);
      lists.set(name, parts);
      return parts
        .filter(({ ranges }) => ranges.some(([from, to]) => from <= point && point <= to))
        .map(({ file }) => file);
    });
}
