import { createHash } from 'node:crypto';

/** A longer id is compared by its hash, since PostgreSQL's indexes accept no longer entries. */
const longestKey = 200;

const textGuid =
  /^(?:urn:uuid:|guid:|<guid=)?[({]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}>]?$/iu;
/** `X'0a1b…'` (csvde, ldifde), `0x0a1b…` `\0a\1b…` (LDAP filters) and `0a-1b-…` (.NET): bytes in the order in which the directory stores them. */
const hexBytes =
  /^(?:x'((?:[0-9a-f]{2})+)'|0x((?:[0-9a-f]{2})+)|((?:\\[0-9a-f]{2})+|[0-9a-f]{2}(?:[- :][0-9a-f]{2}){15}))$/iu;
/** Sixteen bytes. */
const base64Guid = /^[A-Za-z0-9+/]{22}==$/u;
const noGuid = '00000000-0000-0000-0000-000000000000';

/** The GUID of sixteen bytes in Active Directory's order: the first three fields are little-endian. */
function guidOfBytes(bytes: Buffer): string {
  const ordered = [
    bytes.subarray(0, 4).toReversed(),
    bytes.subarray(4, 6).toReversed(),
    bytes.subarray(6, 8).toReversed(),
    bytes.subarray(8, 10),
    bytes.subarray(10),
  ];
  return ordered.map((field) => Buffer.from(field).toString('hex')).join('-');
}

/** The GUID in an id, in lower case with hyphens; null if the id is not a GUID. */
function guidOf(id: string): string | null {
  const [, ...fields] = textGuid.exec(id) ?? [];
  if (fields.length > 0) return fields.join('-').toLowerCase();
  const [, quoted, prefixed, escaped] = hexBytes.exec(id) ?? [];
  const hex = quoted ?? prefixed ?? escaped?.replaceAll(/[\\ :-]/gu, '');
  if (hex?.length === 32) return guidOfBytes(Buffer.from(hex, 'hex'));
  return base64Guid.test(id) ? guidOfBytes(Buffer.from(id, 'base64')) : null;
}

/**
 * The normal form of a source's id for a person; null for none. A GUID is the same in every notation and in every source. Other ids are compared
 * unchanged, within their source.
 */
export function sourceIdKey(source: string, id: string | null): string | null {
  const text = id?.normalize('NFKC').trim() ?? '';
  if (text === '') return null;
  const guid = guidOf(text);
  if (guid === noGuid) return null;
  if (guid !== null) return `guid ${guid}`;
  const bytes = hexBytes.exec(text);
  const plain = bytes === null ? text : `x'${text.toLowerCase().replaceAll(/^0?x|[\\']/gu, '')}'`;
  const key = `${source.normalize('NFKC').trim().toLowerCase()} ${plain}`;
  return key.length <= longestKey ? key : `sha256 ${createHash('sha256').update(key).digest('hex')}`;
}
