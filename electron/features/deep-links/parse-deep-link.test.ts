import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepLink, type DeepLink } from '../../../shared/bridge/deep-link.ts';
import { linkIn, parseDeepLink } from './parse-deep-link.ts';

const account = (search: string, ticket: string | null = null): DeepLink => ({
  kind: 'account',
  search,
  ticket,
});
const call = (search: string, ticket: string | null = null): DeepLink => ({ kind: 'call', search, ticket });

describe('a link', () => {
  it.each<[string, DeepLink]>([
    ['resetdesk://account/jdoe', account('jdoe')],
    ['ResetDesk://Account/JDoe', account('JDoe')],
    ['resetdesk://account/jane.doe@example.com?ticket=INC-42', account('jane.doe@example.com', 'INC-42')],
    ['resetdesk://account/CORP%5Cjdoe?ticket=INC%2042', account('CORP\\jdoe', 'INC 42')],
    ['resetdesk://account/J%C3%BCrgen%20M%C3%BCller', account('Jürgen Müller')],
    ['resetdesk://account/%E5%A4%AA%E9%83%8E', account('太郎')],
    ["resetdesk://account/O'Brien", account("O'Brien")],
    ['resetdesk://account/004711/?ticket=7', account('004711', '7')],
    ['resetdesk://call?number=+4915155501100', call('+4915155501100')],
    ['resetdesk://call?number=555%E2%80%930110%E2%80%9112', call('555–0110‑12')],
    ['resetdesk://call/?number=%2B49%20(151)%2055501100&ticket=A', call('+49 (151) 55501100', 'A')],
    ['resetdesk://call?ticket=A&number=555-0110', call('555-0110', 'A')],
    ['resetdesk://approval/1042', { kind: 'approval', caseNumber: 1042 }],
    ['resetdesk://approval/2147483647', { kind: 'approval', caseNumber: 2_147_483_647 }],
  ])('%s leads to %j', (text, link) => {
    expect(parseDeepLink(text)).toEqual(link);
  });

  it.each([
    '',
    'resetdesk:',
    'resetdesk://',
    'resetdesk:account/jdoe',
    'https://account/jdoe',
    'file:///etc/passwd',
    'javascript:alert(1)',
    ' resetdesk://account/jdoe',
    'resetdesk://account/jdoe ',
    'resetdesk://account/jdoe\n',
    'resetdesk://account',
    'resetdesk://account/',
    'resetdesk://account/%20',
    'resetdesk://account/a/b',
    'resetdesk://account/jdoe#x',
    'resetdesk://ann:secret@account/jdoe',
    'resetdesk://account:80/jdoe',
    'resetdesk://evil.example.com/account/jdoe',
    'resetdesk://reset/jdoe',
    'resetdesk://settings',
    'resetdesk://case/1042',
    'resetdesk://account/jdoe?ticket=1&ticket=2',
    'resetdesk://account/jdoe?ticket',
    'resetdesk://account/jdoe?ticket=a=b',
    'resetdesk://account/jdoe?action=reset',
    'resetdesk://account/jdoe?server=https://evil.example.com',
    'resetdesk://account/jdoe?ticket=',
    // Longer than a link may be.
    `resetdesk://account/${'%E5%A4%AA'.repeat(60)}`,
    'resetdesk://account/%ZZ',
    'resetdesk://account/%C3',
    'resetdesk://account/%00',
    'resetdesk://account/a%0Ab',
    'resetdesk://account/a%E2%80%AEb',
    'resetdesk://account/a%E2%80%8Bb',
    'resetdesk://account/a%EF%BB%BFb',
    'resetdesk://account/a%F3%A0%81%81b',
    'resetdesk://account/jdoe?ticket=a%E2%80%A8b',
    'resetdesk://account/jdoe" --inspect',
    'resetdesk://account/jdoe\\..',
    'resetdesk://account/<script>',
    'resetdesk://account/jürgen',
    `resetdesk://account/${'a'.repeat(101)}`,
    `resetdesk://account/a?ticket=${'a'.repeat(65)}`,
    `resetdesk://account/${'%61'.repeat(200)}`,
    `resetdesk://account/${'%E5%A4%AA'.repeat(90)}`,
    'resetdesk://call',
    'resetdesk://call?number=12',
    'resetdesk://call?number=+',
    'resetdesk://call?number=letters',
    'resetdesk://call?number=%2B49;phone-context=evil',
    'resetdesk://call/x?number=5550110',
    `resetdesk://call?number=${'1'.repeat(21)}`,
    'resetdesk://approval/0',
    'resetdesk://approval/-1',
    'resetdesk://approval/1.5',
    'resetdesk://approval/1e3',
    'resetdesk://approval/0x10',
    'resetdesk://approval/99999999999',
    'resetdesk://approval/abc',
    'resetdesk://approval/7?decision=approve',
    'resetdesk://constructor/x',
    'resetdesk://__proto__/x',
  ])('is refused: %j', (text) => {
    expect(parseDeepLink(text)).toBeNull();
  });

  it('is read back as what it was made of', () => {
    const plain = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => deepLink.safeParse(account(text)).data?.kind === 'account' && text.trim() === text);
    fc.assert(
      fc.property(plain, fc.option(plain), (search, ticket) => {
        const query = ticket === null ? '' : `?ticket=${encodeURIComponent(ticket)}`;
        const text = `resetdesk://account/${encodeURIComponent(search)}${query}`;
        fc.pre(text.length <= 500);
        expect(parseDeepLink(text)).toEqual(account(search, ticket));
      }),
    );
  });

  it('gives only what its schema allows for any text', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom(
        'account',
        'call',
        'approval',
        '/',
        '?',
        '&',
        '=',
        '%',
        '%00',
        '%E2%80%AE',
        'ticket',
        'number',
        '@',
        '#',
        '..',
        '1',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (parts, isOurs) => {
        const link = parseDeepLink(`${isOurs ? 'resetdesk://' : ''}${parts.join('')}`);
        expect(link === null || deepLink.safeParse(link).success).toBe(true);
        expect(JSON.stringify(link)).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the link in a command line', () => {
  it.each([
    [['--flag', 'resetdesk://account/a'], 'resetdesk://account/a'],
    [['RESETDESK://account/a', '/folder'], 'RESETDESK://account/a'],
    [[], null],
    [['--resetdesk://account/a', 'https://x'], null],
    [['resetdesk://account/a', 'resetdesk://account/b'], null],
  ])('of %j is %j', (args, link) => {
    expect(linkIn(args)).toBe(link);
  });
});
