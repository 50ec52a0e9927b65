/** The value of a decimal digit of any script. Unicode keeps the ten digits of a script together, beginning with zero. */
function valueOf(digit: string): number {
  let [value, code] = [0, digit.codePointAt(0) ?? 0];
  while (/\p{Nd}/u.test(String.fromCodePoint(code - 1))) [value, code] = [value + 1, code - 1];
  return value % 10;
}

/** A text with the digits of every script written in ASCII. */
export const asciiDigits = (text: string): string =>
  text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => String(valueOf(digit)));
