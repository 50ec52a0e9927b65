const words = [
  'Alfa',
  'Bravo',
  'Charlie',
  'Delta',
  'Echo',
  'Foxtrot',
  'Golf',
  'Hotel',
  'India',
  'Juliett',
  'Kilo',
  'Lima',
  'Mike',
  'November',
  'Oscar',
  'Papa',
  'Quebec',
  'Romeo',
  'Sierra',
  'Tango',
  'Uniform',
  'Victor',
  'Whiskey',
  'X-ray',
  'Yankee',
  'Zulu',
] as const;
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const signs: Readonly<Record<string, string>> = {
  '-': 'hyphen',
  _: 'underscore',
  '.': 'full stop',
  ',': 'comma',
  '!': 'exclamation mark',
  '?': 'question mark',
  '+': 'plus',
  '=': 'equals',
  '*': 'asterisk',
  '#': 'hash',
  '@': 'at sign',
  '%': 'per cent',
  '&': 'ampersand',
  $: 'dollar',
  '/': 'slash',
  ':': 'colon',
  ';': 'semicolon',
  '(': 'open bracket',
  ')': 'close bracket',
};

/** One character as it is read out (ICAO alphabet). A capital is announced; a letter without a word before it is a small one. */
export function spellCharacter(character: string): string {
  const index = character.toUpperCase().charCodeAt(0) - 65;
  const word = words[index];
  if (character.length === 1 && word !== undefined) {
    return character === character.toUpperCase()
      ? `capital ${character} as in ${word}`
      : `${character.toUpperCase()} as in ${word}`;
  }
  if (/^\d$/u.test(character)) return digits[Number(character)] ?? character;
  return signs[character] ?? character;
}

/** The spelling line: `K as in Kilo, seven, hyphen`. Plain letters are small ones, capitals are announced. */
export const spellPassword = (password: string): string => [...password].map(spellCharacter).join(', ');
