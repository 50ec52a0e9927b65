import { expect, it } from 'vitest';
import { toAscii } from './ascii-code.ts';

it('means the same in ASCII', () => {
  const code = '"ä€😀" + `ß${"é"}` + /^[😀-😂]$/u.test("😁") + /ł|x/.test("ł") + "\\\\ñ".length /* ø */';
  const ascii = toAscii(code);
  expect(ascii).toMatch(/^[\0-\x7F]*$/);
  // oxlint-disable-next-line no-eval -- the test's own code
  expect(eval(ascii)).toBe('ä€😀ßétruetrue2');
});

it.each(['"\\ä"', 'String.raw`ä`'])('refuses what an escape would change: %s', (code) => {
  expect(() => toAscii(code)).toThrow(/not ASCII/);
});
