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

/** Characters that do not follow from the one before; fewer than this and there is nothing to guess. */
const fewestSurprises = 5;

/** The unit that a text repeats from beginning to end, or the text itself. */
export function repeatedUnit(text: string): string {
  const characters = [...text];
  for (let length = 1; length <= characters.length / 2; length += 1) {
    if (characters.every((character, at) => character === characters[at % length])) {
      return characters.slice(0, length).join('');
    }
  }
  return text;
}

/** Whether a password is a repetition, or mostly runs along the alphabet or a keyboard. */
export function isPredictable(password: string): boolean {
  const characters = [...repeatedUnit(password.toLowerCase())];
  const surprises = characters.filter((character, at) => {
    const before = characters[at - 1];
    return before === undefined || (before !== character && !neighbours.has(`${before}${character}`));
  });
  return surprises.length < fewestSurprises || new Set(characters).size < fewestSurprises;
}
