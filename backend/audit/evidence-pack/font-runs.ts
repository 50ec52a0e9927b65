export interface Run<F> {
  readonly font: F;
  readonly text: string;
}

/** Splits a text into runs of one font each. A font is used for as long as it has the characters, so that joined letters stay together. */
export function splitByFont<F>(
  text: string,
  fonts: readonly [F, ...F[]],
  has: (font: F, codePoint: number) => boolean,
  another: (codePoint: number) => F | null,
): Run<F>[] {
  const runs: { font: F; text: string }[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const font =
      [...(last ? [last.font] : []), ...fonts].find((one) => has(one, point)) ?? another(point) ?? fonts[0];
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}
