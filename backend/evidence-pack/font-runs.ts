export interface Run<F> {
  readonly font: F;
  readonly text: string;
}

/**
 * Cuts a text into runs that one font can print. A character that no font has is written as its number, so that two names never look the same
 * and nothing is silently lost.
 */
export function fontRuns<F>(
  text: string,
  fonts: readonly F[],
  has: (font: F, codePoint: number) => boolean,
): Run<F>[] {
  const [usual] = fonts;
  if (usual === undefined) return [];
  const runs: { font: F; text: string }[] = [];
  for (const character of text.normalize('NFC').replaceAll(/\s+/g, ' ')) {
    const point = character.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const font = [...(last ? [last.font] : []), ...fonts].find((one) => has(one, point));
    const printed =
      font === undefined ? `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]` : character;
    if (last && last.font === (font ?? usual)) last.text += printed;
    else runs.push({ font: font ?? usual, text: printed });
  }
  return runs;
}
