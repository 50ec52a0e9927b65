export type CharacterClass = 'letter' | 'digit' | 'sign';

/** Splits a password into runs of letters, digits and signs, which have different colours. */
export function classifyCharacters(password: string): { text: string; kind: CharacterClass }[] {
  const runs: { text: string; kind: CharacterClass }[] = [];
  for (const text of password) {
    const kind = /\p{L}/u.test(text) ? 'letter' : /\p{N}/u.test(text) ? 'digit' : 'sign';
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ text, kind });
  }
  return runs;
}
