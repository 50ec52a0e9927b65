import { describe, expect, it } from 'vitest';
import {
  dnParts,
  filterText,
  generalizedTime,
  guidBytes,
  guidText,
  hyphenated,
  isWithin,
  ldapEntry,
  toGeneralizedTime,
} from './ldap-entry.ts';

describe('an entry', () => {
  it('answers all values of an attribute regardless of case', () => {
    const entry = ldapEntry({
      dn: 'uid=a',
      Mail: 'a@example.com',
      mobile: ['1', '2'],
      cn: [],
      number: '007',
    });
    expect(entry.text('mail')).toBe('a@example.com');
    expect(entry.texts('MOBILE')).toEqual(['1', '2']);
    expect(entry.text('cn')).toBeNull();
    expect(entry.text('sn')).toBeNull();
    expect(entry.number('number')).toBe(7);
    expect(entry.number('mail')).toBeNull();
    expect(entry.has('mail', 'A@EXAMPLE.COM')).toBe(true);
  });
  it('answers a range of values under the attribute’s name with the start of the next', () => {
    const entry = ldapEntry({ dn: 'cn=g', memberOf: [], 'memberOf;range=0-1499': ['cn=a', 'cn=b'] });
    expect(entry.texts('memberOf')).toEqual(['cn=a', 'cn=b']);
    expect(entry.incomplete).toEqual([{ attribute: 'memberOf', next: 1500 }]);
    expect(ldapEntry({ dn: 'cn=g', 'memberOf;range=1500-*': 'cn=c' }).incomplete).toEqual([]);
  });
});

describe('a time in LDAP’s notation', () => {
  it.each([
    ['20261129031500Z', Date.UTC(2026, 10, 29, 3, 15)],
    ['20261129031500.0Z', Date.UTC(2026, 10, 29, 3, 15)],
    ['20261129031500.123456Z', Date.UTC(2026, 10, 29, 3, 15, 0, 123)],
    ['202611290315Z', Date.UTC(2026, 10, 29, 3, 15)],
    ['20261129041500+0100', Date.UTC(2026, 10, 29, 3, 15)],
    ['20261128221500-05', Date.UTC(2026, 10, 29, 3, 15)],
    ['000001010000Z', Date.UTC(0, 0, 1)],
    ['yesterday', null],
    [null, null],
  ])('%s is %s', (text, at) => {
    expect(generalizedTime(text)).toBe(at);
  });
  it('is written in whole seconds', () => {
    expect(toGeneralizedTime(Date.UTC(2026, 10, 29, 3, 15, 7, 900))).toBe('20261129031507Z');
  });
});

describe('a distinguished name', () => {
  it.each([
    ['OU=Staff,DC=example,DC=com', 'ou=staff, dc=example , dc=com', true],
    ['CN=A,OU=Staff,DC=example,DC=com', 'OU=Staff,DC=example,DC=com', true],
    ['CN=A,OU=Other Staff,DC=example,DC=com', 'OU=Staff,DC=example,DC=com', false],
    ['CN=A\\,OU=Staff,DC=example,DC=com', 'OU=Staff,DC=example,DC=com', false],
    ['CN=A,OU=St\\c3\\a4dte,DC=example,DC=com', 'ou=Städte,dc=example,dc=com', true],
    ['CN=A,OU=Research\\2C Berlin,DC=example', 'OU=Research\\, Berlin,DC=example', true],
    ['CN=A,OU=Two  Spaces,DC=com', 'OU=Two Spaces,DC=com', true],
    ['CN=A,OU=\\20Space,DC=com', 'OU=\\ Space,DC=com', true],
    ['DC=com', 'OU=Staff,DC=example,DC=com', false],
  ])('%s is within %s: %s', (dn, ancestor, expected) => {
    expect(isWithin(dn, ancestor)).toBe(expected);
  });
  it('keeps an escaped separator apart from a separator', () => {
    expect(dnParts('CN=A\\,B,DC=com')).toHaveLength(2);
  });
});

describe('a key', () => {
  it('is the GUID of Active Directory with its first groups turned round', () => {
    const bytes = Buffer.from('33221100554477668899aabbccddeeff', 'hex');
    expect(guidText(bytes)).toBe('00112233-4455-6677-8899-aabbccddeeff');
    expect(guidBytes('00112233-4455-6677-8899-aabbccddeeff')).toEqual(bytes);
    expect(guidBytes('00112233-4455-6677-8899-AABBCCDDEEFF')).toBeNull();
    expect(guidBytes('*')).toBeNull();
  });
  it('of 389 Directory Server is hyphenated as a GUID', () => {
    expect(hyphenated('3B4AD281-ABCD1DD2-94F2CB11-00112233')).toBe('3b4ad281-abcd-1dd2-94f2-cb1100112233');
  });
});

describe('text in a filter', () => {
  it('loses its meaning', () => {
    expect(filterText('a*)(uid=\\x\0')).toBe('a\\2a\\29\\28uid=\\5cx\\00');
  });
});
