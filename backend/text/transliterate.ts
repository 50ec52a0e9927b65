/** Latin spellings of Cyrillic letters as in passports (ICAO 9303), and as in most English texts if these differ. */
const cyrillic: Readonly<Record<string, string | readonly [passport: string, text: string]>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  ђ: ['d', 'dj'],
  е: 'e',
  ё: ['e', 'yo'],
  є: ['ie', 'ye'],
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: ['i', 'yi'],
  й: ['i', 'y'],
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'c',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: ['kh', 'h'],
  ц: 'ts',
  ч: 'ch',
  џ: 'dz',
  ш: 'sh',
  щ: ['shch', 'sch'],
  ъ: ['ie', ''],
  ы: 'y',
  ь: '',
  э: 'e',
  ю: ['iu', 'yu'],
  я: ['ia', 'ya'],
};
/** Latin spellings of Greek pairs and letters (ISO 843, as in passports). */
const greek: Readonly<Record<string, string>> = {
  ου: 'ou',
  αυ: 'av',
  ευ: 'ev',
  μπ: 'b',
  ντ: 'nt',
  γγ: 'ng',
  γκ: 'gk',
  γχ: 'nch',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};

const isTransliterated = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const stressed = /[\u0300\u0301]/gu;

function inLatin(lowerCase: string, way: 0 | 1): string {
  let latin = '';
  for (let at = 0; at < lowerCase.length; at += 1) {
    const pair = greek[lowerCase.slice(at, at + 2)];
    const letter = lowerCase.charAt(at);
    const known = cyrillic[letter] ?? greek[letter] ?? letter;
    latin += pair ?? (typeof known === 'string' ? known : known[way]);
    if (pair !== undefined) at += 1;
  }
  return latin;
}

/** The Latin spellings of a word in Cyrillic or Greek letters; none for a word in other letters. */
export function transliterations(word: string): string[] {
  if (!isTransliterated.test(word)) return [];
  // Removes stress marks, which are not part of a letter except in й and ё.
  const lowerCase = word.toLowerCase().normalize('NFD').replaceAll(stressed, '').normalize('NFC');
  return [...new Set([inLatin(lowerCase, 0), inLatin(lowerCase, 1)])];
}
