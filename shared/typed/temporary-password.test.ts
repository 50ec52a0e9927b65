import { describe, expect, it } from 'vitest';
import { readTemporaryPassword } from './temporary-password.ts';

const around = [
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u00A0',
  '\u200B',
  '\uFEFF',
  '\u2060',
  '\u3000',
  '\u00AD',
  '"',
  '“',
  '.',
  ' -',
  '—',
];
const dashes = [
  '-',
  '‐',
  '‑',
  '‒',
  '–',
  '—',
  '―',
  '−',
  '﹘',
  '﹣',
  '－',
  '\u00AD',
  ' - ',
  ' – ',
  '-\n',
  '\u200B-\u200B',
  '--',
  '─',
];

describe.each(['Brave-otter-lamp-rescue-42', 'jLEYQ-*4kw7-Nixdg'])(
  'the temporary password %s',
  (password) => {
    it.each(around)('is read with %j around it', (sign) => {
      expect(readTemporaryPassword(`${sign}${password}`)).toBe(password);
      expect(readTemporaryPassword(`${password}${sign}`)).toBe(password);
    });

    it.each(dashes)('is read with %j for its hyphens', (dash) => {
      expect(readTemporaryPassword(password.replaceAll('-', dash))).toBe(password);
    });

    it('is read in full-width characters', () => {
      const wide = [...password]
        .map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))
        .join('');
      expect(readTemporaryPassword(wide)).toBe(password);
    });

    it.each([' ', '\n', '\u00A0', '\u200B'])('is read with %j within it', (blank) => {
      expect(readTemporaryPassword(`${password.slice(0, 8)}${blank}${password.slice(8)}`)).not.toContain(
        blank,
      );
    });
  },
);

it.each(['Brave otter lamp rescue 42', 'Brave-otter lamp-rescue42', 'Brave otter lamp rescue-42'])(
  'a temporary password that was heard as %j has its hyphens',
  (typed) => {
    expect(readTemporaryPassword(typed)).toBe('Brave-otter-lamp-rescue-42');
  },
);

it.each([
  'Your temporary password is: Brave-otter-lamp-rescue-42',
  'Your temporary password is Brave-otter-lamp-rescue-42 (valid for 1 hour).',
  'Password\tBrave-otter-lamp-rescue-42',
  'Passwort: brave-otter-lamp-rescue-42',
  '**Brave-otter-lamp-rescue-42**',
  '`Brave-otter-lamp-rescue-42`',
  '> Brave-otter-lamp-rescue-42',
  'Brave-otter-lamp-rescue-42!',
  'Brave-otter-lamp-rescue-4 2',
])('a temporary password is taken out of the message %j', (pasted) => {
  expect(readTemporaryPassword(pasted)).toBe('Brave-otter-lamp-rescue-42');
});

it.each(['brave otter lamp rescue 42', 'BRAVE-OTTER-LAMP-RESCUE-42', 'Brave-Otter-Lamp-Rescue-42'])(
  'a temporary password of words has its one capital when it is typed as %j',
  (typed) => {
    expect(readTemporaryPassword(typed)).toBe('Brave-otter-lamp-rescue-42');
  },
);

it('a temporary password of characters keeps its signs and capitals', () => {
  for (const password of ['*4kw7-jLEYQ-Nixd?', 'jLEYQ-NiXd-*'])
    expect(readTemporaryPassword(` ${password}.`)).toBe(password);
});

it.each([
  'Brave-otter-lamp-rescue-42x',
  'xBrave-otter-lamp-rescue-42',
  '1Brave-otter-lamp-rescue-42',
  'Brave-otter-lamp-rescue-421',
])('a wrong password such as %j stays wrong', (typed) => {
  expect(readTemporaryPassword(typed)).not.toBe('Brave-otter-lamp-rescue-42');
});
