import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSamePhone, loadPhoneReader } from './phone-numbers.ts';

const german = await loadPhoneReader('DE');
const american = await loadPhoneReader('US');
const anywhere = await loadPhoneReader('');

describe('the normal form of a phone field', () => {
  it.each([
    ['0151 5550110', '+491515550110'],
    ['+49 151 5550110', '+491515550110'],
    ['+49 (0)151 5550110', '+491515550110'],
    ['+49 0151 5550110', '+491515550110'],
    ['+490151 5550110', '+491515550110'],
    ['0049 151 5550110', '+491515550110'],
    ['tel:+49-151-555-0110', '+491515550110'],
    ['\u202A+49 151 5550110\u202C', '+491515550110'],
    ['＋４９ １５１ ５５５０１１０', '+491515550110'],
    ['٠١٥١ ٥٥٥٠١١٠', '+491515550110'],
    ['+49 151–555–0110', '+491515550110'],
    ['+49 30 555 0100 ext. 12', '+49305550100;ext=12'],
    ['030/5550100; 0151 5550110', '+49305550100 +491515550110'],
    ['030 5550100 / 0151 5550110', '+49305550100 +491515550110'],
    ['+39 06 1234567', '+39061234567'],
    ['4711', '4711'],
    ['110', '110'],
    ['123', '123'],
  ])('of %s is %s where Germany is the country', (text, key) => {
    expect(german(text)?.key).toBe(key);
  });

  it('has the digits of its first number for a search', () => {
    expect(german('030/5550100-0 ext 5, 0151 5550110')?.digits).toBe('493055501000');
    expect(american('(212) 555-0115 #12')).toEqual({ key: '+12125550115;ext=12', digits: '12125550115' });
  });

  it('is null without a number', () => {
    expect([german(null), german(' '), german('none')]).toEqual([null, null, null]);
  });

  it('of any text is its own normal form', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const form = german(text);
        expect(form?.key ?? '0').toMatch(/^[+\d;=ext ]+$/u);
        for (const number of form?.key.split(' ') ?? []) expect(german(number)?.key).toBe(number);
      }),
    );
  });
});

describe('two notations', () => {
  it.each([
    ['0151 5550110', '+49 151 5550110', true],
    ['0151 5550110', '+49 151 5550111', false],
    ['+1 212 555 0115', '+44 212 555 0115', false],
    ['5550110', '+49 30 5550110', false],
    ['030 5550110', '030-555 01 10', true],
    ['+49 30 5550110 ext 1', '+49 30 5550110 ext 2', false],
    ['030 5550110 ext 1', '+49 30 5550110 ext 2', false],
    ['030 5550110; 0151 5550110', '+49 30 5550110', false],
  ])('%s and %s are the same number without a country in the policy: %s', (one, other, same) => {
    expect(isSamePhone(anywhere(one), anywhere(other))).toBe(same);
    expect(isSamePhone(anywhere(other), anywhere(one))).toBe(same);
  });

  it('of no number are the same', () => {
    expect(isSamePhone(null, anywhere(''))).toBe(true);
    expect(isSamePhone(null, anywhere('123'))).toBe(false);
  });
});
