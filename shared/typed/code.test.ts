import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCode, readDigits, readLettersAndDigits } from './code.ts';
import { readLinkToken, readToken } from './token.ts';

/** The zero of every script whose digits Unicode knows. */
const zeros = Array.from({ length: 0x1_f000 }, (_, code) => code).filter(
  (code) =>
    /\p{Nd}/u.test(String.fromCodePoint(code)) &&
    (code === 0x30 ||
      !/\p{Nd}/u.test(String.fromCodePoint(code - 1)) ||
      /0/.test(String.fromCodePoint(code).normalize('NFKC'))),
);
const written = (code: string, zero: number): string =>
  [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

describe('a code', () => {
  it.each(zeros.map((zero) => [zero.toString(16), zero] as const))(
    'is read in the digits from U+%s',
    (_hex, zero) => {
      expect(readDigits(written('0419238765', zero))).toBe('0419238765');
    },
  );

  it.each([
    '419 203',
    '419-203',
    '419–203',
    '419\u00A0203',
    '419\u200B203',
    ' 419203\r\n',
    '“419203”',
    'G-419203',
    'Code: 419203.',
    '4 1 9 2 0 3',
    '419.203',
    '(419203)',
    '⁠419203',
    '４１９　２０３',
    '①'.slice(1) + '419203',
  ])('is read from %j', (typed) => {
    expect(readCode(typed, 6)).toBe('419203');
  });

  it.each([
    'Your code is 419203.\n\n@example.com #419203',
    'Code (valid 5 minutes): 419203',
    '419 203 (5 min)',
    'Nr. 1: 419203',
    '12:41 419203',
  ])('is the one number of its length in %j', (typed) => {
    expect(readCode(typed, 6)).toBe('419203');
  });

  it('is not guessed among several', () => {
    expect(readCode('419203 or 419204', 6)).toBeNull();
    expect(readCode('1,419203.5', 6)).toBeNull();
  });

  it('has to have its number of digits', () => {
    for (const typed of ['', '41920', '4192031', 'abcdef', '¼19203']) expect(readCode(typed, 6)).toBeNull();
  });

  it('reaches a library as ASCII digits, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(readDigits(typed)).toMatch(/^[0-9]*$/);
        expect(readLettersAndDigits(typed)).toMatch(/^[a-z0-9]*$/);
      }),
    );
  });

  it.each([
    'abcde-fgh23',
    'ABCDE FGH23',
    'abcde–fgh23',
    'ａｂｃｄｅ－ｆｇｈ２３',
    'abcde\u200B-fgh23 ',
    '"abcde-fgh23".',
    '1. abcde-fgh23',
    'abcde-fgh23 (used)',
  ])('of letters and digits is read from %j', (typed) => {
    expect(readLettersAndDigits(typed)).toBe('abcdefgh23');
  });
});

describe('a token', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCdE';
  it.each([
    '',
    '.',
    ')',
    '>',
    ',',
    ';',
    '"',
    '”',
    ' ',
    '\u00A0',
    '\u200B',
    '%20',
    '.)',
    '>.',
    '-',
    '_',
    '*',
    '/',
    '?',
    '!',
    '…',
  ])('of a link opens with %j behind it', (tail) => {
    expect(readLinkToken(`${token}${tail}`)).toBe(token);
    const ofACheck = `0198c1d2-0b2e-7c3d-8e4f-5a6b7c8d9e0f.${token}`;
    expect(readLinkToken(`${ofACheck}${tail}`)).toBe(ofACheck);
  });

  it('of a link to a manager keeps the id of its check', () => {
    const link = `0b5c1f8e-9f3a-4b62-8e0d-3c1a5d7e9f10.${'A'.repeat(43)}`;
    expect(readLinkToken(`${link}.>`)).toBe(link);
  });

  it('of a link stays as it is when it is too short', () => {
    expect(readLinkToken('done')).toBe('done');
  });

  it.each([
    ' AbC-_9xyz ',
    '“AbC-_9xyz”',
    'AbC–_9xyz',
    'AbC-_9\nxyz',
    'AbC-_9xyz.',
    '\uFEFFAbC-_9xyz\u200B',
    'ＡｂＣ-_９xyz',
  ])('of a set-up is read from %j', (typed) => {
    expect(readToken(typed)).toBe('AbC-_9xyz');
  });
});
