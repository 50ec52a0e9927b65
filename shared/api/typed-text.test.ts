import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { nameFault, typedLine, typedName, typedNote, withoutInvisible } from './typed-text.ts';

/** Exempt fields: secrets, ids, values that are only compared, and values sent to another server exactly as typed. */
const exempt: readonly RegExp[] = [
  /\.(password|current|secret|setupCode|ticket|refreshToken|code|query|clientKey|clientCertificate|authorities)$/,
  /Ids?(\[\])?$/,
  /\.insteadOf$/,
  /answers\[\]\.answer$/,
  // Compared with what accounts have.
  /\.departments\[\]$/,
  /\.audience\.names\[\]$/,
  /^checkNewPassword\./,
  /^changeTextSettings\./,
  /^sendTestText\.to$/,
];

interface Leaf {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** The parts of a schema's definition that may hold strings. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** The strings in a schema. */
function leavesOf(schema: z.ZodType, path: string): Leaf[] {
  const def = schema.def as unknown as Definition;
  if (def.type === 'string') return [{ path, schema }];
  if (def.shape)
    return Object.entries(def.shape).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`));
  if (def.innerType) return leavesOf(def.innerType, path);
  if (def.element) return leavesOf(def.element, `${path}[]`);
  if (def.valueType) return leavesOf(def.valueType, `${path}{}`);
  if (def.options) return def.options.flatMap((option) => leavesOf(option, path));
  return [];
}

const typed = Object.values(endpoints)
  .flatMap((endpoint: Endpoint) =>
    endpoint.body === undefined ? [] : leavesOf(endpoint.body as z.ZodType, endpoint.id),
  )
  .filter(({ path }) => !exempt.some((pattern) => pattern.test(path)));

describe('a text that a person typed', () => {
  it('is declared in many endpoints', () => {
    expect(typed.length).toBeGreaterThan(40);
  });

  it.each(typed)('keeps nothing unseen: $path', ({ schema }) => {
    for (const [character, text] of [
      ['a reversed direction', 'safe\u202Eexe'],
      ['an embedding', 'safe\u202Aexe'],
      ['a zero-width space', 'safe\u200Bexe'],
      ['a word joiner', 'safe\u2060exe'],
      ['a byte order mark', 'safe\uFEFFexe'],
      ['a soft hyphen', 'safe\u00ADexe'],
      ['a NUL', 'safe\u0000exe'],
      ['an escape', 'safe\u001B[2Jexe'],
      ['a C1 control', 'safe\u009Bexe'],
    ] as const) {
      const read = schema.safeParse(text);
      const kept = read.success && /[\p{Cf}\p{Cc}]/u.test(String(read.data).replaceAll(/[\n\r\t]/g, ''));
      expect([character, kept]).toEqual([character, false]);
    }
  });

  it.each(typed.filter(({ schema }) => schema.safeParse('one\ntwo').data !== 'one\ntwo'))(
    'is one line: $path',
    ({ schema }) => {
      const read = schema.safeParse('one\r\nBcc: two');
      expect(read.success && /[\r\n]/.test(String(read.data))).toBe(false);
    },
  );
});

describe('a name', () => {
  const name = typedName(20);
  it.each([
    'Ann',
    'José',
    'Łucja Ødegaard',
    'Анна Иванова',
    'Ελένη',
    '王小明',
    "Siobhán O'Brien",
    'Ann Иванова',
    'a.b-c_1',
  ])('may be %s', (text) => {
    expect(name.parse(text)).toBe(text);
  });
  it('may have a joiner where it changes the spelling', () => {
    expect(name.parse('علی\u200Cرضا')).toBe('علی\u200Cرضا');
    expect(name.parse('an\u200Cn')).toBe('ann');
  });
  it.each(['аnn', 'Аnna Smith', 'οlga', 'Ann\u0000', 'Ann\r\nBcc: x', '\u200B', ''])('is not %j', (text) => {
    expect(name.safeParse(text).success).toBe(false);
  });
  it('is trimmed, composed and bounded after what is unseen is gone', () => {
    expect(name.parse(` \u200BJose\u0301\u2066 `)).toBe('José');
    expect(name.parse(`${'\u200B'.repeat(30)}Ann`)).toBe('Ann');
    expect(name.safeParse('A'.repeat(21)).success).toBe(false);
  });
  it('says what is wrong', () => {
    expect([nameFault('Ann'), nameFault('аnn'), nameFault('a\u0007')]).toEqual([null, 'mixed', 'control']);
  });
});

describe('a note', () => {
  it('keeps its lines and the direction of its words', () => {
    expect(typedNote(50).parse('one\n\t\u2067שלום\u2069\u0000')).toBe('one\n\t\u2067שלום\u2069');
  });
});

describe('a line', () => {
  it('is one line, whatever was pasted', () => {
    expect(typedLine(50).parse('a\u202Eb\nc\u0000')).toBe('ab c');
    expect(withoutInvisible('a\u{E0041}b')).toBe('ab');
  });
});
