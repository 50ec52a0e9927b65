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

/** The numbers of attributes in `replPropertyMetaData`, from Microsoft's schema. */
const attributeIds = { unicodePwd: 0x9_005a, lockoutTime: 0x9_0296 } as const;
export type TrackedAttribute = keyof typeof attributeIds;

/** Windows returns the former, as XML generated on reading. Samba stores only the latter. */
export const metadataAttributes = ['msDS-ReplAttributeMetaData', 'replPropertyMetaData'];

const headerBytes = 16;
const entryBytes = 48;
/** Seconds from 1601 to 1970. */
const epochSeconds = 11_644_473_600;

/** When and where an attribute of the entry was last written; null if the directory does not report it. */
export function lastWrite(entry: LdapEntry, attribute: TrackedAttribute): AttributeWrite | null {
  return (
    fromXml(entry.texts('msDS-ReplAttributeMetaData'), attribute) ??
    fromBytes(entry.bytes('replPropertyMetaData'), attribute)
  );
}

function fromXml(values: readonly string[], attribute: TrackedAttribute): AttributeWrite | null {
  const value = values.find((text) => text.includes(`<pszAttributeName>${attribute}</pszAttributeName>`));
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

/** A version, a count, and 48 bytes for each attribute: its number, version, time in seconds, controller and two sequence numbers. */
function fromBytes(bytes: Buffer | null, attribute: TrackedAttribute): AttributeWrite | null {
  if (bytes === null || bytes.length < headerBytes || bytes.readUInt32LE(0) !== 1) return null;
  const count = bytes.readUInt32LE(8);
  for (
    let at = headerBytes;
    at + entryBytes <= bytes.length && at < headerBytes + count * entryBytes;
    at += entryBytes
  ) {
    if (bytes.readUInt32LE(at) !== attributeIds[attribute]) continue;
    return {
      at: (Number(bytes.readBigUInt64LE(at + 8)) - epochSeconds) * 1000,
      invocationId: guidText(bytes.subarray(at + 16, at + 32)),
      controller: null,
    };
  }
  return null;
}
