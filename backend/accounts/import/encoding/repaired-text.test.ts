import { describe, expect, it } from 'vitest';
import { repairedText } from './repaired-text.ts';

describe('the text of a cell', () => {
  it.each([
    ['MÃ¼ller', 'Müller'],
    ['JÃƒÂ¶rg', 'Jörg'],
    ['J√∂rg', 'Jörg'],
    ['J├Ârg', 'Jörg'],
    ['Zo&euml; &#1055;&#x451;&#1090;&#1088;', 'Zoë Пётр'],
    ['Tom &amp; Co', 'Tom & Co'],
  ])('that was garbled on its way is repaired: %s', (text, repaired) => {
    expect(repairedText(text)).toBe(repaired);
  });

  it.each(['Íñigo', 'a\u00A0ü+', 'Müller', 'Алёна', 'Łukasz', 'Smith & Sons', 'AT&T;', '佐藤', 'Ã'])(
    'that only could be garbled stays as it is: %s',
    (text) => {
      expect(repairedText(text)).toBeNull();
    },
  );
});
