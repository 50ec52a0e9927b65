import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Everything that operators and users read in English. */
const catalogues = globSync(
  [
    'renderer/texts/en/*.ts',
    'backend/web/pages/texts/*.ts',
    'backend/messaging/mail/templates/*-template{,s}.ts',
    'electron/**/*-texts.ts',
  ],
  { cwd: root },
).filter((file) => !file.includes('.test.'));

/** The texts of a catalogue: what is in quotes and has a blank. Names of keys have none. */
function textsOf(file: string): string[] {
  const source = readFileSync(`${root}${file}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|"((?:[^"\\\n]|\\.)*)"/g)]
    .map(([, single, template, double]) => single ?? template ?? double ?? '')
    .filter((text) => text.includes(' '));
}
const texts = catalogues.flatMap((file) => textsOf(file).map((text) => ({ file, text })));
const matching = (pattern: RegExp): string[] =>
  texts.filter(({ text }) => pattern.test(text)).map(({ file, text }) => `${file}: ${text}`);

/** Names of products and keys, which are written with capitals. */
const names =
  /^(?:All )?(?:Reset Desk|Active Directory|Keycloak|Microsoft (?:Entra|Authenticator)|Entra ID|Google Workspace|Caps Lock|Temporary Access Pass)$/;

describe('the English of the console, the pages and the mails', () => {
  it('is found in all catalogues', () => {
    expect(catalogues.length).toBeGreaterThan(35);
    expect(texts.length).toBeGreaterThan(1500);
  });

  it.each([
    /Where do accounts live/i,
    /take into use/i,
    /was not taken/i,
    /no longer good/i,
    /They differ\b/,
    /look into your (?:e-?)?mail/i,
    /type another word/i,
    /prove it is the desk/i,
    /what made you sure/i,
    /dies now/i,
    /the last so many/i,
    /dots lead/i,
    /a code of your phone/i,
    /with a few signs/i,
  ])('has no translated phrase such as %s', (phrase) => {
    expect(matching(phrase)).toEqual([]);
  });

  it('names who acts instead of nobody, somebody and whoever', () => {
    expect(matching(/\b(?:nobody|somebody|whoever)\b/i)).toEqual([]);
  });

  it('writes headings and buttons in sentence case', () => {
    const titled = matching(/^[A-Z][a-z]+(?: (?:a |the )?[A-Z][a-z]+)+[?!.…]?$/);
    expect(titled.filter((found) => !names.test(found.slice(found.indexOf(': ') + 2)))).toEqual([]);
  });
});
