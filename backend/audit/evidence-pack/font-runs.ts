export interface Run<F> {
  readonly font: F;
  readonly text: string;
}

/** Cuts a text into runs that one font can print; a font goes on for as long as it can, so that letters that join stay together. */
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
