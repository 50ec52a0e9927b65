import type { LdapAttributes } from '../../../shared/api/directory-settings.ts';
import type { ContactTimes } from '../external/contact-times.ts';
import { generalizedTime, type LdapEntry } from '../ldap/ldap-entry.ts';
import { hasMetadata, isTracked, lastWrite } from './replication-metadata.ts';

/** When the attributes were last written; if that of one is not known, when the entry was. Null without attributes that were ever written. */
function timeOf(entry: LdapEntry, attributes: readonly string[]): number | null {
  const used = attributes.filter((name) => name !== '');
  if (used.length === 0) return null;
  if (!hasMetadata(entry) || !used.every((name) => isTracked(entry, name)))
    return generalizedTime(entry.text('whenChanged'));
  const times = used.flatMap((name) => lastWrite(entry, name)?.at ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

/**
 * When the address and the numbers of an entry were last written, by the clock of the controller where that happened. A removed number has a time as well:
 * after the removal of the most trusted one, the account has another number.
 */
export const contactTimes = (entry: LdapEntry, { email, phones }: LdapAttributes): ContactTimes => ({
  email: timeOf(entry, [email]),
  phone: timeOf(entry, phones),
});
