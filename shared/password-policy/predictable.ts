const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./',
  'qwertzuiopü', 'yxcvbnm,.-',
  'azertyuiop', 'qsdfghjklm', 'wxcvbn',
  '!@#$%^&*()_+', '!"§$%&/()=?',
  '1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', '0p;/',
]; // prettier-ignore

const neighbours = new Set(
  rows.flatMap((row) =>
    [...row].slice(1).flatMap((next, index) => [`${row[index]}${next}`, `${next}${row[index]}`]),
  ),
);

/** A password with fewer unpredictable characters than this is refused. A character is predictable if it repeats the one before or is its neighbour. */
const minUnpredictable = 5;

/** The shortest unit whose repetition is the text, or the text itself. */
export function repeatedUnit(text: string): string {
  const characters = [...text];
  for (let length = 1; length <= characters.length / 2; length += 1) {
    if (characters.every((character, at) => character === characters[at % length])) {
      return characters.slice(0, length).join('');
    }
  }
  return text;
}

/** Whether a password is a repetition, or mostly a run along the alphabet or a keyboard row. */
export function isPredictable(password: string): boolean {
  const characters = [...repeatedUnit(password.toLowerCase())];
  const unpredictable = characters.filter((character, at) => {
    const before = characters[at - 1];
    return before === undefined || (before !== character && !neighbours.has(`${before}${character}`));
  });
  return unpredictable.length < minUnpredictable || new Set(characters).size < minUnpredictable;
}
