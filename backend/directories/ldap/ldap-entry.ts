import type { Entry } from 'ldapts';

/** One entry of a search. Names of attributes are compared without case, as LDAP does; absent attributes have no values. */
export interface LdapEntry {
  readonly dn: string;
  texts(attribute: string): readonly string[];
  text(attribute: string): string | null;
  bytes(attribute: string): Buffer | null;
  allBytes(attribute: string): readonly Buffer[];
  /** An integer; null if it is absent or invalid. A value above 2^53 loses its last digits. */
  number(attribute: string): number | null;
  has(attribute: string, value: string): boolean;
  /** The attributes of which the server sent only some values, such as `member;range=0-1499`, with the index of the next value. */
  readonly incomplete: readonly { readonly attribute: string; readonly next: number }[];
}

type Values = Entry[string];

const listOf = (values: Values | undefined): readonly (string | Buffer)[] => {
  if (values === undefined) return [];
  return Array.isArray(values) ? values : [values];
};

export function ldapEntry(entry: Entry): LdapEntry {
  const values = new Map<string, readonly (string | Buffer)[]>();
  const incomplete: { attribute: string; next: number }[] = [];
  for (const [name, raw] of Object.entries(entry)) {
    if (name === 'dn') continue;
    const [, attribute = name, last] = /^([^;]+);range=\d+-(\d+|\*)$/i.exec(name) ?? [];
    const list = listOf(raw);
    if (list.length > 0 || !values.has(attribute.toLowerCase())) values.set(attribute.toLowerCase(), list);
    if (last !== undefined && last !== '*') incomplete.push({ attribute, next: Number(last) + 1 });
  }
  const all = (attribute: string) => values.get(attribute.toLowerCase()) ?? [];
  const texts = (attribute: string) =>
    all(attribute).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
  const text = (attribute: string) => texts(attribute)[0] ?? null;
  const allBytes = (attribute: string) =>
    all(attribute).map((value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value));
  return {
    dn: entry.dn,
    texts,
    text,
    bytes: (attribute) => allBytes(attribute)[0] ?? null,
    allBytes,
    number: (attribute) => {
      const value = text(attribute);
      return value !== null && /^-?\d+$/.test(value) ? Number(value) : null;
    },
    has: (attribute, value) => texts(attribute).some((held) => held.toLowerCase() === value.toLowerCase()),
    incomplete,
  };
}

/** The entry with more values of one attribute. */
export function withMoreTexts(entry: LdapEntry, attribute: string, more: readonly string[]): LdapEntry {
  const isIt = (name: string) => name.toLowerCase() === attribute.toLowerCase();
  const texts = (name: string) => (isIt(name) ? [...entry.texts(name), ...more] : entry.texts(name));
  return {
    ...entry,
    texts,
    has: (name, value) => texts(name).some((held) => held.toLowerCase() === value.toLowerCase()),
    incomplete: entry.incomplete.filter((each) => !isIt(each.attribute)),
  };
}

/** Milliseconds of a time in LDAP's notation (`20261129031500Z`, also with a fraction or an offset); null for any other text. */
export function generalizedTime(text: string | null): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(?:Z|([+-])(\d\d)(\d\d)?)$/.exec(
    text ?? '',
  );
  if (match === null) return null;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute = '0',
    second = '0',
    fraction = '0',
    sign,
    hours = '0',
    minutes = '0',
  ] = match;
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return at + Math.floor(Number(`0.${fraction}`) * 1000) - (sign === '-' ? -offset : offset);
}

/** A time in LDAP's notation, in whole seconds. */
export const toGeneralizedTime = (at: number): string =>
  `${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')}Z`;

/** Splits a distinguished name with escapes. Escaped bytes become letters, and an escaped separator keeps its escape, so that it differs from one. */
function splitEscaped(dn: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  const bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0)
      part += Buffer.from(bytes.splice(0))
        .toString('utf8')
        .replaceAll(/[,;+="<>#\\]/g, String.raw`\$&`);
  };
  for (let at = 0; at < dn.length; at += 1) {
    const character = dn.charAt(at);
    const hex = character === '\\' ? /^\\([0-9a-f]{2})/i.exec(dn.slice(at, at + 3))?.[1] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
      continue;
    }
    flush();
    if (character === '\\') {
      at += 1;
      part += `\\${dn.charAt(at)}`;
    } else if (character === ',' || character === ';') {
      parts.push(part);
      part = '';
    } else part += character;
  }
  flush();
  parts.push(part);
  return parts.map((text) => text.replaceAll(/\\([^,;+="<>#\\])/g, '$1'));
}

/**
 * The parts of a distinguished name in one notation: case, the number of spaces, spaces around separators and the style of escapes do not matter. 389
 * Directory Server answers one space where a name was written with two.
 */
export function dnParts(dn: string): readonly string[] {
  // Most names have no escape; a read of many accounts compares each of them several times.
  const parts = dn.includes('\\') ? splitEscaped(dn) : dn.split(/[,;]/);
  return parts.map((text) =>
    (/\s/.test(text)
      ? text
          .replaceAll(/\s*([=+])\s*/g, '$1')
          .replaceAll(/\s+/g, ' ')
          .trim()
      : text
    ).toLowerCase(),
  );
}

/** A distinguished name in one notation, for comparisons. */
export const sameDn = (dn: string): string => dnParts(dn).join(',');

/** Whether an entry is the ancestor itself or below it. */
export function isWithin(dn: string, ancestor: string): boolean {
  const entry = dnParts(dn);
  const above = dnParts(ancestor);
  return (
    entry.length >= above.length &&
    above.every((part, at) => part === entry[entry.length - above.length + at])
  );
}

/** The 16 bytes of Active Directory as GUID text, whose first three groups are little-endian. */
export function guidText(bytes: Buffer): string {
  const hex = Buffer.from(bytes);
  hex.subarray(0, 4).reverse();
  hex.subarray(4, 6).reverse();
  hex.subarray(6, 8).reverse();
  return hyphenated(hex.toString('hex'));
}

/** Active Directory's bytes for a GUID text; null for any other text. */
export function guidBytes(text: string): Buffer | null {
  if (!isGuid(text)) return null;
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** 32 hex digits, hyphenated in any way, as GUID text in lower case. */
export const hyphenated = (hex: string): string =>
  hex
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Text for a filter (RFC 4515). */
export const filterText = (text: string): string =>
  text.replaceAll(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
