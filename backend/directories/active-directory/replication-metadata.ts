import { guidText, type LdapEntry } from '../ldap/ldap-entry.ts';

/** When an attribute was last written, and at which controller. */
export interface AttributeWrite {
  /** Milliseconds, in whole seconds. */
  readonly at: number;
  /** The controller's invocation id as GUID text; null if only its name is known. */
  readonly invocationId: string | null;
  /** The controller's name; null if only its invocation id is known. */
  readonly controller: string | null;
}

/** The numbers of attributes in `replPropertyMetaData`, from Microsoft's schema, by their names in lower case. */
const attributeIds: ReadonlyMap<string, number> = new Map([
  ['unicodepwd', 0x9_005a],
  ['lockouttime', 0x9_0296],
  ['userprincipalname', 0x9_0290],
  ['mail', 0x15_0003],
  ['othermailbox', 0x9_028b],
  ['proxyaddresses', 0x2_00d2],
  ['mobile', 0x15_0029],
  ['othermobile', 0x9_0287],
  ['telephonenumber', 0x14],
  ['othertelephone', 0x2_0012],
  ['homephone', 0x15_0014],
  ['otherhomephone', 0x2_0115],
  ['ipphone', 0x9_02d1],
  ['pager', 0x15_002a],
  ...Array.from({ length: 10 }, (_none, at) => [`extensionattribute${at + 1}`, 0x2_01a7 + at] as const),
]);

/** The metadata of all attributes in a compact form; small enough for reads of many accounts. */
export const compactMetadata = 'replPropertyMetaData';
/** Windows returns the former, as XML generated on reading. Samba stores only the latter. */
export const metadataAttributes = ['msDS-ReplAttributeMetaData', compactMetadata];

const headerBytes = 16;
const entryBytes = 48;
/** Seconds from 1601 to 1970. */
const epochSeconds = 11_644_473_600;

/** When and where an attribute of the entry was last written; null if the directory does not report it. */
export function lastWrite(entry: LdapEntry, attribute: string): AttributeWrite | null {
  return (
    fromXml(entry.texts('msDS-ReplAttributeMetaData'), attribute) ??
    fromBytes(entry.bytes(compactMetadata), attribute)
  );
}

/** Whether the entry was read with metadata that the service account may read. */
export const hasMetadata = (entry: LdapEntry): boolean =>
  entry.texts('msDS-ReplAttributeMetaData').length > 0 || isReadable(entry.bytes(compactMetadata));

/** Whether the metadata of the entry would tell when the attribute was written. */
export const isTracked = (entry: LdapEntry, attribute: string): boolean =>
  entry.texts('msDS-ReplAttributeMetaData').length > 0 || attributeIds.has(attribute.toLowerCase());

function fromXml(values: readonly string[], attribute: string): AttributeWrite | null {
  const named = `<pszattributename>${attribute.toLowerCase()}</pszattributename>`;
  const value = values.find((text) => text.toLowerCase().includes(named));
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(value ?? '')?.[1] ?? null;
  const at = Date.parse(field('ftimeLastOriginatingChange') ?? '');
  if (Number.isNaN(at)) return null;
  return {
    at: Math.floor(at / 1000) * 1000,
    invocationId: field('uuidLastOriginatingDsaInvocationID')?.toLowerCase() ?? null,
    controller: controllerOf(field('pszLastOriginatingDsaDN')),
  };
}

/** The controller's name from the distinguished name of its settings, `CN=NTDS Settings,CN=DC1,…`. */
export const controllerOf = (settingsDn: string | null): string | null =>
  /^CN=NTDS Settings,CN=([^,]+),/i.exec(settingsDn ?? '')?.[1] ?? null;

const isReadable = (bytes: Buffer | null): bytes is Buffer =>
  bytes !== null && bytes.length >= headerBytes && bytes.readUInt32LE(0) === 1;

/** A version, a count, and 48 bytes for each attribute: its number, version, time in seconds, controller and two sequence numbers. */
function fromBytes(bytes: Buffer | null, attribute: string): AttributeWrite | null {
  const id = attributeIds.get(attribute.toLowerCase());
  if (id === undefined || !isReadable(bytes)) return null;
  const count = bytes.readUInt32LE(8);
  for (
    let at = headerBytes;
    at + entryBytes <= bytes.length && at < headerBytes + count * entryBytes;
    at += entryBytes
  ) {
    if (bytes.readUInt32LE(at) !== id) continue;
    return {
      at: (Number(bytes.readBigUInt64LE(at + 8)) - epochSeconds) * 1000,
      invocationId: guidText(bytes.subarray(at + 16, at + 32)),
      controller: null,
    };
  }
  return null;
}
