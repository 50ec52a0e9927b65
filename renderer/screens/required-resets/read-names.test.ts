import { describe, expect, it } from 'vitest';
import { readNames } from './read-names.ts';

describe('reading names from a list', () => {
  it.each<[string, string, string[]]>([
    ['plain lines', 'a.smith\n\n b.jones \r\na.smith', ['a.smith', 'b.jones']],
    ['the first column if no heading names one', 'a.smith,Ann\nb.jones;Bob', ['a.smith', 'b.jones']],
    ['the column named email', '\uFEFFName;E-Mail\nAnn;ann@example.com\n', ['ann@example.com']],
    ['quoted cells with separators', '"Name, full","User name"\n"Smith, Ann","a.smith"', ['a.smith']],
    ['an empty list', ' \n', []],
  ])('reads %s', (_what, text, names) => {
    expect(readNames(text)).toEqual(names);
  });
});
