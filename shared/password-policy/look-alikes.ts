/** The letters that people replace by each look-alike character (`p@ul`, `pa55w0rd`). */
const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'il', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g',
  '@': 'a', $: 's', '!': 'il', '|': 'il', '+': 't', '€': 'e', '(': 'c', '£': 'l', '§': 's',
}; // prettier-ignore

const umlautSpellings: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Lower case without accents, with one spelling for each letter. Other characters stay as they are. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');

/** The result of {@link fold}, and the spelling without umlauts (`mueller`) where it differs. */
export const foldings = (text: string): string[] => {
  const umlauts = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöü]/g, (letter) => umlautSpellings[letter] ?? letter);
  return [...new Set([fold(text), fold(umlauts)])];
};

/** Replaces look-alike characters by letters. There are up to two readings, because 1 and ! can be an i or an l. */
export const lettered = (folded: string): string[] => {
  const read = (which: 'first' | 'last') =>
    [...folded]
      .map((sign) => {
        const letters = lookAlikes[sign];
        return letters === undefined ? sign : ((which === 'first' ? letters[0] : letters.at(-1)) ?? sign);
      })
      .join('');
  return [...new Set([read('first'), read('last')])];
};

export const reversed = (text: string): string => [...text].toReversed().join('');

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /\p{L}/u.test(character);

/**
 * Whether a folded password contains a folded piece, forwards or backwards, with any letter replaced by a look-alike. A
 * piece of three characters counts only where no letter stands beside it: "Lee" is not in "sleeper".
 */
export function containsPiece(password: string, piece: string): boolean {
  const within = [...password];
  const same = (at: number, letter: string): boolean => {
    const found = within[at];
    return found === letter || (found !== undefined && (lookAlikes[found]?.includes(letter) ?? false));
  };
  const alone = (from: number, length: number) =>
    !isLetter(within[from - 1]) && !isLetter(within[from + length]);
  return [piece, reversed(piece)].some((sought) => {
    const letters = [...sought];
    return within.some(
      (_, from) =>
        letters.every((letter, index) => same(from + index, letter)) &&
        (letters.length > 3 || alone(from, letters.length)),
    );
  });
}
