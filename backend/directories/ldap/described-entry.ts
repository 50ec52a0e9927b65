import type { LdapAttributes } from '../../../shared/api/directory-settings.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import type { LdapEntry } from './ldap-entry.ts';

/** The part of an account that comes from the attributes of the settings. */
export type DescribedEntry = Pick<
  ExternalAccount,
  'userName' | 'displayName' | 'email' | 'phones' | 'employeeNumber' | 'department'
> & {
  /** The attribute's value, usually a distinguished name. */
  readonly managerText: string | null;
};

/** The value of a configured attribute, whose name is empty if the directory does not have it. */
const configured = (entry: LdapEntry, attribute: string): string | null =>
  attribute === '' ? null : entry.text(attribute);

/** Reads the attributes of the settings. The user name of an entry without one is empty. */
export function describeEntry(entry: LdapEntry, attributes: LdapAttributes): DescribedEntry {
  const userName = entry.text(attributes.userName) ?? '';
  return {
    userName,
    displayName: configured(entry, attributes.displayName) ?? userName,
    email: configured(entry, attributes.email),
    phones: attributes.phones.flatMap((attribute) => entry.texts(attribute)),
    employeeNumber: configured(entry, attributes.employeeNumber),
    department: configured(entry, attributes.department),
    managerText: configured(entry, attributes.manager),
  };
}

/** The attributes to request, without duplicates: those of the adapter and those of the settings. */
export const attributesToRead = (needed: readonly string[], attributes: LdapAttributes): readonly string[] =>
  [...needed, ...Object.values(attributes).flat()].filter(
    (name, at, all) => name !== '' && all.indexOf(name) === at,
  );
