import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { withMoreTexts, type LdapEntry } from '../ldap/ldap-entry.ts';
import { extendedName } from './extended-names.ts';

/** The maximum ranges that are read of one attribute: 1,500 values each. */
const maxRanges = 200;

/** The entry with all values of attributes of which Active Directory sent only the first 1,500. */
export async function withAllValues(connection: LdapConnection, entry: LdapEntry): Promise<LdapEntry> {
  let complete = entry;
  for (const { attribute, next } of entry.incomplete) {
    let at: number | null = next;
    for (let ranges = 0; at !== null && ranges < maxRanges; ranges += 1) {
      const [more]: readonly LdapEntry[] = await connection.search({
        base: extendedName(entry.dn).dn,
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: [`${attribute};range=${at}-*`],
      });
      if (more === undefined) break;
      complete = withMoreTexts(complete, attribute, more.texts(attribute));
      at =
        more.incomplete.find((each) => each.attribute.toLowerCase() === attribute.toLowerCase())?.next ??
        null;
    }
  }
  return complete;
}
