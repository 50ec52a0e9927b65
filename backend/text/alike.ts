/** The sounds of letters, after Cologne phonetics. Vowels have one only at the beginning of a word. */
const sounds: Readonly<Record<string, string>> = {
  b: '1',
  p: '1',
  d: '2',
  t: '2',
  f: '3',
  v: '3',
  w: '3',
  g: '4',
  k: '4',
  q: '4',
  l: '5',
  m: '6',
  n: '6',
  r: '7',
  s: '8',
  z: '8',
};

/** The sound of one letter between its neighbours. */
function soundOf(letter: string, before: string, after: string): string {
  if (letter === 'h') return '';
  if (letter === 'j' || letter === 'y') return before === '' ? '9' : '0';
  if ('aeiou'.includes(letter)) return '0';
  if (letter === 'p' && after === 'h') return '3';
  if (letter === 'x') return 'ckq'.includes(before) && before !== '' ? '8' : '48';
  if (letter === 'c') {
    if (before === 's' || before === 'z') return '8';
    return (before === '' ? 'ahkloqrux' : 'ahkoqux').includes(after === '' ? 'a' : after) ? '4' : '8';
  }
  if ((letter === 'd' || letter === 't') && after !== '' && 'csz'.includes(after)) return '8';
  return sounds[letter] ?? '';
}

/**
 * A key for the sound of a word in Latin letters, for English and German speakers: Cologne phonetics, in which an initial J is not a vowel, and `kn`
 * and `wr` begin with their second letter. Meier and Mayer, Schmitt and Smith, Ocafor and Okafor have one key each.
 */
export function soundKey(word: string): string {
  const plain = word.replace(/^(?:[kgp](?=n)|w(?=r))/, '').replaceAll(/(?<=.)gh(?=t|$)/g, '');
  let key = '';
  let last = '';
  for (let at = 0; at < plain.length; at += 1) {
    const sound = soundOf(plain.charAt(at), plain.charAt(at - 1), plain.charAt(at + 1));
    if (sound === '') continue;
    if (sound !== last) key += sound;
    last = sound.slice(-1);
  }
  return key.charAt(0) + key.slice(1).replaceAll('0', '');
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Every word that differs by one typing mistake: a letter left out, added, replaced, or swapped with the next. */
export function mistypings(word: string): string[] {
  const others = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    for (const letter of letters) {
      others.add(before + letter + after);
      if (after !== '') others.add(before + letter + after.slice(1));
    }
    if (after !== '') others.add(before + after.slice(1));
    if (after.length > 1) others.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
  }
  others.delete(word);
  return [...others];
}

/** The number of mistakes between two words: letters left out, added, replaced, or swapped (optimal string alignment). */
export function mistakesBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one.charAt(i - 1) === other.charAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        one.charAt(i - 1) === other.charAt(j - 2) &&
        one.charAt(i - 2) === other.charAt(j - 1)
      )
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}
