import bidiFactory from 'bidi-js';

/** A stretch of one direction, with its characters in reading order. */
export interface Stretch {
  readonly text: string;
  readonly rightToLeft: boolean;
}

const rightToLeftLetter = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const bidi = bidiFactory();

/** Whether the text contains right-to-left letters. */
export const hasRightToLeft = (text: string): boolean => rightToLeftLetter.test(text);

/** Splits a line of a left-to-right page into stretches, from left to right (UAX #9). */
export function visualOrder(line: string): Stretch[] {
  if (!hasRightToLeft(line)) return [{ text: line, rightToLeft: false }];
  const embedding = bidi.getEmbeddingLevels(line, 'ltr');
  const { levels } = embedding;
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const stretches: { from: number; to: number; level: number }[] = [];
  for (const index of bidi.getReorderedIndices(line, embedding)) {
    const level = levels[index] ?? 0;
    const last = stretches.at(-1);
    const goesOn = last?.level === level && index === (level % 2 === 0 ? last.to + 1 : last.from - 1);
    if (!goesOn) stretches.push({ from: index, to: index, level });
    else if (level % 2 === 0) last.to = index;
    else last.from = index;
  }
  return stretches.map(({ from, to, level }) => ({
    text: Array.from(
      { length: to - from + 1 },
      (_none, at) => mirrored.get(from + at) ?? line[from + at],
    ).join(''),
    rightToLeft: level % 2 === 1,
  }));
}
