import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIdentifier, withoutPastedPassword } from './identifier.ts';

/** What a user name or address is pasted with: both sides of it. */
const wrappings: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  [' ', '\t'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['‹ ', ' ›'],
  ['‘', '’'],
  ['`', '`'],
  ['<', '>'],
  ['(', ')'],
  ['[', ']'],
  ['（', '）'],
  ['', ';'],
  ['', ','],
  ['', '.'],
  ['', '>'],
  ['', ')'],
  ['', '.”'],
  ['("', '"),'],
  ['\u00A0', '\u00A0'],
  ['\u200B', '\u200B'],
  ['\uFEFF', ''],
  ['\u202A', '\u202C'],
  ['\u2066', '\u2069'],
  ['', '\u00AD'],
  ['\u3000', '\r\n'],
];

describe('an identifier', () => {
  it.each(wrappings)('is read without %j and %j around it', (before, after) => {
    for (const name of ['jane.doe', 'CORP\\jane.doe', "o'neil", 'e1001'])
      expect(readIdentifier(`${before}${name}${after}`).userNames).toContain(name.replace('CORP\\', ''));
    expect(readIdentifier(`${before}jane.doe@example.com${after}`)).toMatchObject({
      text: 'jane.doe@example.com',
      address: 'jane.doe@example.com',
      userNames: ['jane.doe@example.com', 'jane.doe'],
    });
    expect(readIdentifier(`${before}004711${after}`).employeeNumbers).toContain('4711');
  });

  it.each([
    'Doe, Jane <jane.doe@example.com>',
    '"Doe, Jane" <jane.doe@example.com>;',
    'Jane Doe (jane.doe@example.com)',
    'Jane Doe [mailto:jane.doe@example.com]',
    'mailto:jane.doe@example.com',
    'mailto:jane.doe@example.com?subject=Locked%20out',
    'MAILTO://jane.doe@example.com',
    'smtp:jane.doe@example.com',
    'SMTP:jane.doe@example.com',
    'sip:jane.doe@example.com',
    'E-mail: jane.doe@example.com',
    'From: Jane Doe <jane.doe@example.com>',
    'User name: jane.doe@example.com',
    'ｊａｎｅ.ｄｏｅ@ｅｘａｍｐｌｅ.ｃｏｍ',
    'jane.doe@example.com, john.doe@example.com',
    'AzureAD\\jane.doe@example.com',
    'i:0#.f|membership|jane.doe@example.com',
    'live.com#jane.doe@example.com',
    '8:orgid:jane.doe@example.com',
    'msteams:jane.doe@example.com',
    'jane.doe @ example.com',
    'jane.doe%40example.com',
    'jane.doe@example.com\\',
    'jane.doe@example.com/',
    'Kontakt: jane.doe@example.com',
    'UPN=jane.doe@example.com',
    'jane.doe (at) example.com',
    'jane.doe [at] example [dot] com',
    '- jane.doe@example.com',
    '**jane.doe@example.com**',
  ])('is the address in %j', (typed) => {
    expect(readIdentifier(typed).address).toBe('jane.doe@example.com');
  });

  it.each([
    'CORP\\jane.doe',
    '.\\jane.doe',
    'corp.example.com\\jane.doe',
    'CORP/jane.doe',
    './jane.doe',
    'CORP＼jane.doe',
    'User: CORP\\jane.doe',
    'CORP\\ jane.doe',
    'i:0#.w|corp\\jane.doe',
    'corp.example.com/jane.doe',
    'corp.example.com/Staff/jane.doe',
    'jane.doe/',
    'uid=jane.doe',
    '@jane.doe',
    '1. jane.doe',
    '• jane.doe',
    '> jane.doe',
    '| jane.doe |',
    '**jane.doe**',
    '_jane.doe_',
    'jane.doe?',
    'ユーザー名：jane.doe',
    '"sAMAccountName": "jane.doe"',
    '/o=Example/ou=Staff/cn=Recipients/cn=jane.doe',
  ])('is a user name without the domain of %j', (typed) => {
    expect(readIdentifier(typed).userNames.at(-1)).toBe('jane.doe');
  });

  it('keeps the name as typed first, in case that it is one', () => {
    expect(readIdentifier('CORP\\jane.doe').userNames[0]).toBe('CORP\\jane.doe');
    expect(readIdentifier('jane.doe.').userNames).toEqual(['jane.doe.', 'jane.doe']);
    expect(readIdentifier('jane.doe@corp.example.com').userNames[0]).toBe('jane.doe@corp.example.com');
  });

  it.each([
    ['4711', ['4711']],
    ['004711', ['004711', '4711']],
    ['#004711', ['004711', '4711']],
    ['# 4711', ['4711']],
    ['00 47 11', ['00 47 11', '004711', '4711']],
    ['Employee number: 4711', ['4711']],
    ['Personalnummer: 004711', ['004711', '4711']],
    ['Nr. 4711', ['4711']],
    ['N. 4711', ['4711']],
    ['n°4711', ['4711']],
    ['n.4711', ['n.4711']],
    ['№ 4711', ['4711']],
    ['Emp ID 4711', ['4711']],
    ['="004711"', ['004711', '4711']],
    ['٠٠٤٧١١', ['004711', '4711']],
    ['００４７１１', ['004711', '4711']],
  ])('has the employee numbers of %j', (typed, numbers) => {
    expect(readIdentifier(typed).employeeNumbers).toEqual(numbers);
  });

  it.each([
    ['CN=Jane Doe,OU=Staff,DC=corp,DC=example,DC=com', 'Jane Doe'],
    ['cn=Doe\\, Jane,ou=people,dc=example,dc=com', 'Doe, Jane'],
    ['uid=jane.doe,ou=people,dc=example,dc=com', 'jane.doe'],
    ['CN=Jane Doe/OU=Berlin/O=Example', 'Jane Doe'],
  ])('is the name in the distinguished name %j', (typed, name) => {
    expect(readIdentifier(typed)).toMatchObject({ text: name, words: name });
    expect(readIdentifier(typed).userNames).toContain(name);
  });

  it.each([
    ['+491515550110', '491515550110', '1515550110'],
    ['00491515550110', '491515550110', '1515550110'],
    ['+49 (0)151 5550110', '491515550110', '1515550110'],
    ['+49 ( 0 ) 151-5550110', '491515550110', '1515550110'],
    ['tel:+49-151-5550110', '491515550110', '1515550110'],
    ['tel:+491515550110;phone-context=example.com', '491515550110', '1515550110'],
    ['sip:+491515550110@pbx.example.com', '491515550110', '1515550110'],
    ['<sip:+491515550110@pbx.example.com>', '491515550110', '1515550110'],
    ['"Jane Doe" <sip:+491515550110@pbx.example.com;user=phone>', '491515550110', '1515550110'],
    ['callto:+491515550110', '491515550110', '1515550110'],
    ['Phone: +49 151 5550110', '491515550110', '1515550110'],
    ['‪+49 151 5550110‬', '491515550110', '1515550110'],
    ['＋４９ １５１ ５５５０１１０', '491515550110', '1515550110'],
    ['+49 151 – 555 – 0110', '491515550110', '1515550110'],
    ['0151/5550110', '01515550110', '1515550110'],
    ['0151.555.0110', '01515550110', '1515550110'],
    ['555 0115 #12', '5550115', '5550115'],
    ['555 0115 ext. 12', '5550115', '5550115'],
    ['555-0115 x12', '5550115', '5550115'],
    ['tel:5550115;ext=12', '5550115', '5550115'],
    ['+1 (555) 010-0777', '15550100777', '5550100777'],
    ['+358 40 1234567', '358401234567', '401234567'],
    ['+49 30', '4930', '30'],
    ['Tel. 0151 5550110', '01515550110', '1515550110'],
    ['0151 5550110 (Mobil)', '01515550110', '1515550110'],
    ['0151 5550110 / 030 5550111', '01515550110', '1515550110'],
    ['+49 151 5550110 Jane Doe', '491515550110', '1515550110'],
    ['Doe, Jane +49 151 5550110', '491515550110', '1515550110'],
    ['Anruf von 0151 5550110', '01515550110', '1515550110'],
    ['*31#01515550110', '01515550110', '1515550110'],
    ['00491515550110@pbx', '491515550110', '1515550110'],
  ])('is the telephone number %j', (typed, digits, national) => {
    expect(readIdentifier(typed).phone).toMatchObject({ digits, national });
  });

  it.each([
    ['jane.doe@example.com:Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com;Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com|Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com,Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com\tSecret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com / Secret-1!', 'jane.doe@example.com'],
    ['jane.doe@example.com/Secret-1!', 'jane.doe@example.com'],
    ['mailto:jane.doe@example.com:Secret-1!', 'jane.doe@example.com'],
    ['"jane.doe@example.com":"Secret-1!"', 'jane.doe@example.com'],
    ['jane.doe@example.com: Secret-1!', 'jane.doe@example.com'],
    ['jane.doe:Secret-1!', 'jane.doe'],
    ['jane.doe: Secret-1!', 'jane.doe'],
    ['jane.doe\tSecret-1!', 'jane.doe'],
    ['CORP\\jane.doe:Secret-1!', 'CORP\\jane.doe'],
    ['User name: jane.doe:Secret-1!', 'jane.doe'],
    ['4711:Secret-1!', '4711'],
    ['jane.doe:Secret@1!', 'jane.doe'],
    ['jane.doe:Secret@1.word', 'jane.doe'],
    ['jane.doe: Secret@1', 'jane.doe'],
    ['jane.doe Secret@1', 'jane.doe'],
    ['CORP\\jane.doe:(Secret@1', 'CORP\\jane.doe'],
    ['4711|Secret@1', '4711'],
  ])('holds nothing of the password in %j', (typed, text) => {
    const read = readIdentifier(typed);
    expect(read.text).toBe(text);
    expect(JSON.stringify(read)).not.toMatch(/secret/i);
    expect(withoutPastedPassword(typed)).not.toMatch(/secret/i);
  });

  it.each(['Pers.-Nr. 4711', 'PersNr 4711', 'Pers.Nr.: 4711', 'Personal-Nr. 4711', 'Personalnummer 4711'])(
    'is the number of a person in %j',
    (typed) => {
      expect(readIdentifier(typed).text).toBe('4711');
    },
  );

  it.each(['emp1001', 'nr7', 'tel300', 'no.one', '+49 151 ••• 110', 'Jane Doe 4711'])(
    'is no number where %j only begins or ends like one',
    (typed) => {
      const { phone, userNames } = readIdentifier(typed);
      expect([phone, userNames[0]]).toEqual([null, typed]);
    },
  );

  it.each([
    'Smith: ',
    'mailto:jane@example.com',
    'User name: jane.doe',
    'tel:+49 30',
    'Doe, Jane <jane@example.com>;',
    'van den Berg',
  ])('stays as it is while %j is typed without a password', (typed) => {
    expect(withoutPastedPassword(typed)).toBe(typed);
  });

  it('is read from any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const { text } = readIdentifier(typed);
        expect(text).toBe(text.trim());
        expect(withoutPastedPassword(withoutPastedPassword(typed))).toBe(withoutPastedPassword(typed));
      }),
      { numRuns: 1000 },
    );
  });
});
