import type { BerWriter, Control } from 'ldapts';
import { ldapLibrary } from '../ldap/ldap-requests.ts';

/** Applies the password history to a password that an administrator sets. Windows has it, Samba does not. */
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

/** Names are answered with their GUID as text (1; 0 is hexadecimal), so that a manager's key costs no search of its own. */
export const extendedNames = () => numberControl('1.2.840.113556.1.4.529', 1);
/** Asks for the access rights of a security descriptor alone (DACL_SECURITY_INFORMATION, 4); its other parts need privileges. */
export const accessRightsOnly = () => numberControl('1.2.840.113556.1.4.801', 4);
export const policyHints = () => numberControl(policyHintsId, 1);

/** Answers deleted objects as well. */
export async function deletedObjects(): Promise<Control> {
  const ldapts = await ldapLibrary();
  return new ldapts.Control('1.2.840.113556.1.4.417', { critical: true });
}
