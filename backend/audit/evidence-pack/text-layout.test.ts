import Pdf from 'pdfkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFonts } from './fonts.ts';
import { TextLayout } from './text-layout.ts';

describe('a line of an evidence pack', () => {
  let letterer: TextLayout;
  beforeAll(() => {
    letterer = new TextLayout(new Pdf({ font: '' }), readFonts());
  });
  const written = (line: string) => letterer.runs(line, 'regular').map(({ text }) => text);
  const fontsOf = (line: string) => [
    ...new Set(
      letterer.runs(line, 'regular').map(({ font }) => /^(inter|noto-sans-[a-z]+)/.exec(font)?.[0] ?? font),
    ),
  ];

  it.each([
    ['Zoë Żółć Ελένη Иван Nguyễn', ['inter']],
    ['محمد بن عبد الله', ['noto-sans-arabic']],
    ['שלום כהן', ['noto-sans-hebrew']],
    ['राजेन्द्र शर्मा', ['noto-sans-devanagari']],
    ['สมชาย ใจดี', ['noto-sans-thai']],
    ['王小明', ['noto-sans-sc']],
    ['山田太郎ヤマダ', ['noto-sans-jp']],
    ['김철수金', ['noto-sans-kr']],
  ])('prints %s in a font that has it', (line, expected) => {
    expect(written(line).join('')).not.toContain('U+');
    // A space may belong to any of the fonts.
    const used = fontsOf(line.replaceAll(' ', ''));
    expect(used).toEqual(expected);
  });

  it('writes right-to-left words in their visual order', () => {
    expect(written('שלום כהן').join('')).toBe('כהן שלום');
    expect(written('Cohen שלום כהן 42 end').join('')).toBe('Cohen 42 כהן שלום end');
    expect(written('(מרכז)').join('')).toBe('(מרכז)');
    expect(written('שלום (כהן)').join('')).toMatch(/^\(כהן\) +שלום$/);
  });

  it('keeps the letters of a word that join in one run, as they are read', () => {
    expect(written('محمد')).toEqual(['محمد']);
    expect(written('क्‍ष')).toEqual(['क्‍ष']);
  });

  it('puts the ring of a Thai vowel below its tone mark', () => {
    expect(written('น้ำ')).toEqual(['นํ้า']);
  });

  it('writes characters that no font can show as code points', () => {
    expect(written('ܐ').join('')).toBe('[U+0710]');
    expect(written('evil\u202Etxt.exe').join('')).toBe('evil[U+202E]txt.exe');
    expect(written('a\u200Db\u00ADc\uFE0F').join('')).toBe('a[U+200D]b[U+00AD]c[U+FE0F]');
    expect(written('שלום\u200Fכהן').join('')).toContain('[U+200F]');
  });

  it('opens the fonts of other scripts only when they are needed', () => {
    const opened: string[] = [];
    const doc = new Pdf({ font: '' });
    const register = doc.registerFont.bind(doc);
    doc.registerFont = (name, ...more) => {
      opened.push(name);
      return register(name, ...more);
    };
    const fresh = new TextLayout(doc, readFonts());
    fresh.runs('Zoë Łukasz', 'regular');
    expect(opened.filter((name) => name.startsWith('noto'))).toEqual([]);
    fresh.runs('王', 'regular');
    expect(opened.filter((name) => name.startsWith('noto'))).toHaveLength(1);
  });
});
