import { guidText } from '../ldap/ldap-entry.ts';

/** The extended right "Reset Password". */
export const resetPasswordRight = '00299570-246d-11d0-a768-00aa006e0529';

const controlAccess = 0x100;
const inheritOnly = 0x08;
const objectTypePresent = 1;
const inheritedTypePresent = 2;
const allow = 0;
const deny = 1;
const allowObject = 5;
const denyObject = 6;

/** A security identifier of Windows as hexadecimal bytes, for comparisons. */
export const sidKey = (sid: Buffer): string => sid.toString('hex');

/**
 * Whether a security descriptor (self-relative, with its access rights) grants an extended right to one of these identities, in the form of `sidKey`.
 * Null if the descriptor cannot be read.
 */
export function grantsExtendedRight(
  descriptor: Buffer,
  right: string,
  identities: ReadonlySet<string>,
): boolean | null {
  try {
    const list = descriptor.readUInt32LE(16);
    // Without a list, everything is granted.
    if (list === 0) return true;
    const count = descriptor.readUInt16LE(list + 4);
    let at = list + 8;
    for (let index = 0; index < count; index += 1) {
      const type = descriptor.readUInt8(at);
      const flags = descriptor.readUInt8(at + 1);
      const size = descriptor.readUInt16LE(at + 2);
      const mask = descriptor.readUInt32LE(at + 4);
      const isObject = type === allowObject || type === denyObject;
      let sid = at + 8;
      let objectType: string | null = null;
      if (isObject) {
        const present = descriptor.readUInt32LE(sid);
        sid += 4;
        if ((present & objectTypePresent) !== 0) {
          objectType = guidText(descriptor.subarray(sid, sid + 16));
          sid += 16;
        }
        if ((present & inheritedTypePresent) !== 0) sid += 16;
      }
      const isKnown = isObject || type === allow || type === deny;
      const isForUs =
        isKnown &&
        (flags & inheritOnly) === 0 &&
        (mask & controlAccess) !== 0 &&
        (objectType === null || objectType === right) &&
        identities.has(sidKey(descriptor.subarray(sid, at + size)));
      // The first entry about the right decides, because entries are in order of precedence.
      if (isForUs) return type === allow || type === allowObject;
      at += size;
    }
    return false;
  } catch {
    return null;
  }
}
