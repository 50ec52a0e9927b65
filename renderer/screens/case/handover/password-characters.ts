export type CharacterClass = 'letter' | 'digit' | 'sign';

/** The password cut into runs of one class, so that digits and signs can have colours of their own. */
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
