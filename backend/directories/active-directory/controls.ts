import type { BerWriter, Control } from 'ldapts';
import { ldapLibrary } from '../ldap/ldap-requests.ts';

/** Applies the password history to a password that an administrator sets. Windows supports it, Samba does not. */
export const policyHintsId = '1.2.840.113556.1.4.2239';

/** A critical control whose value is a sequence of one number. */
async function numberControl(id: string, number: number): Promise<Control> {
  const ldapts = await ldapLibrary();
  class NumberControl extends ldapts.Control {
    override writeControl(writer: BerWriter): void {
      const value = new ldapts.BerWriter();
      value.startSequence();
      value.writeInt(number);
      value.endSequence();
      writer.writeBuffer(value.buffer, 0x04);
    }
  }
  return new NumberControl(id, { critical: true });
}

/** Makes the server answer names with their GUID as text (1; 0 is hexadecimal), so that a manager's key needs no search of its own. */
export const extendedNames = () => numberControl('1.2.840.113556.1.4.529', 1);
/** Requests only the access rights of a security descriptor (DACL_SECURITY_INFORMATION, 4); its other parts need privileges. */
export const accessRightsOnly = () => numberControl('1.2.840.113556.1.4.801', 4);
export const policyHints = () => numberControl(policyHintsId, 1);

/** Includes deleted objects in the answer. */
export async function deletedObjects(): Promise<Control> {
  const ldapts = await ldapLibrary();
  return new ldapts.Control('1.2.840.113556.1.4.417', { critical: true });
}
