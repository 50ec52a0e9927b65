import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter, parsePath } from './filter.ts';
import { matches } from './match.ts';
import { ScimError } from './scim-error.ts';
import { enterpriseUrn } from './user-schema.ts';

const user = {
  id: '1',
  externalId: 'Ext',
  userName: 'Frida',
  displayName: 'Frida Berg',
  active: true,
  emails: [
    { type: 'work', value: 'frida@example.com', primary: true },
    { type: 'home', value: 'frida@home.example' },
  ],
  [enterpriseUrn]: { department: 'Ward "3"' },
  meta: { created: '2026-03-01T09:00:00.000Z' },
};

describe('a filter', () => {
  it.each([
    'userName eq "frida"',
    'USERNAME EQ "FRIDA"',
    'externalId eq "Ext"',
    'userName ne "x" and userName sw "fr" and userName ew "DA" and userName co "rid"',
    'displayName gt "Frida" and displayName lt "G" and displayName ge "Frida Berg" and displayName le "Frida Berg"',
    'emails pr and not (phoneNumbers pr)',
    'emails eq "frida@home.example"',
    'emails[type eq "home" and value ew ".example"]',
    'emails[type eq "home"].value eq "FRIDA@home.example"',
    'active eq true and active ne false and active eq "True"',
    'phoneNumbers eq null and emails ne null',
    `${enterpriseUrn}:department eq "ward \\"3\\""`,
    'meta.created ge "2026-03-01T10:00:00+01:00"',
    // `and` binds stronger than `or`.
    'userName eq "frida" or userName eq "x" and active eq false',
    'title ne "anything"',
  ])('finds the user by %s', (text) => {
    expect(matches(user, parseFilter(text))).toBe(true);
  });

  it.each([
    'externalId eq "ext"',
    'not (userName eq "frida")',
    '(userName eq "frida" or userName eq "x") and active eq false',
    'emails[type eq "work" and value ew ".example"]',
    'title pr',
    'nickName eq "frida"',
    'emails.nothing eq "x"',
    'urn:ietf:params:scim:schemas:extension:Badges:2.0:User:tag eq "x"',
  ])('does not find the user by %s', (text) => {
    expect(matches(user, parseFilter(text))).toBe(false);
  });

  it.each([
    '',
    'userName',
    'userName eq',
    'userName eq frida',
    'userName eq "frida',
    'userName is "frida"',
    'eq "frida"',
    '(userName eq "frida"',
    'userName eq "frida")',
    'userName eq "frida" and',
    'userName eq "frida" userName eq "frida"',
    'emails[type eq "work"',
    'a.b.c eq "x"',
    'userName eq "\\x"',
    'active gt true',
    '('.repeat(60) + 'userName pr' + ')'.repeat(60),
  ])('that cannot be read is refused with a reason: %s', (text) => {
    expect(() => matches(user, parseFilter(text))).toThrowError(
      expect.objectContaining({ status: 400, scimType: 'invalidFilter' }),
    );
  });

  it('is answered or refused, whatever it is', () => {
    const words =
      'userName emails emails.value [ ] ( ) and or not eq ne pr gt "x" " true null 1.5 - .value \\ \0 🦊';
    const parts = fc.constantFrom(...words.split(' '), enterpriseUrn, 'meta.created');
    const made = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts, { maxLength: 20 }).map((each) => each.join(' ')),
    );
    const answer = (text: string) => {
      try {
        return matches(user, parseFilter(text));
      } catch (thrown) {
        return thrown instanceof ScimError ? thrown.status : thrown;
      }
    };
    fc.assert(
      fc.property(made, (text) => {
        expect([true, false, 400]).toContain(answer(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a path', () => {
  it('names an attribute, which of its values, and a part of them', () => {
    expect(parsePath('emails[type eq "work"].value')).toMatchObject({ attribute: 'emails', sub: 'value' });
    expect(parsePath(`${enterpriseUrn.toUpperCase()}:manager.displayName`)).toEqual({
      isEnterprise: true,
      attribute: 'manager',
      filter: null,
      sub: 'displayName',
    });
  });
});
