import { DirectoryFault } from '../external/directory-fault.ts';
import type { LdapConnection, LdapSearch } from './ldap-connection.ts';
import { isWithin, type LdapEntry } from './ldap-entry.ts';
import { LdapResult } from './ldap-requests.ts';

/** Which accounts belong to the desk, according to the settings. */
export interface LdapScope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly groups: readonly string[];
  readonly filter: string;
}

/** A filter with its parentheses; empty stays empty. */
export const inParentheses = (filter: string): string =>
  filter === '' || filter.startsWith('(') ? filter : `(${filter})`;

/** A filter that requires all non-empty filters. */
export const allOf = (...filters: readonly string[]): string => `(&${filters.join('')})`;
/** A filter that requires one of the filters; empty for none. */
export const anyOf = (filters: readonly string[]): string =>
  filters.length === 0 ? '' : `(|${filters.join('')})`;

/** Whether a distinguished name is within the base, below an included unit and below no excluded one. */
export const isInScope = (dn: string, base: string, { include, exclude }: LdapScope): boolean =>
  isWithin(dn, base) &&
  (include.length === 0 || include.some((unit) => isWithin(dn, unit))) &&
  !exclude.some((unit) => isWithin(dn, unit));

/** The bases of a search: the included units that are not below another one, or the whole base. */
function searchBases(base: string, { include }: LdapScope): readonly string[] {
  const units = include.filter((unit) => isWithin(unit, base));
  if (include.length === 0) return [base];
  return units.filter(
    (unit, at) =>
      !units.some(
        (other, index) => index !== at && isWithin(unit, other) && (!isWithin(other, unit) || index < at),
      ),
  );
}

/** Searches below each included unit, in pages. The pages may hold entries below excluded units. Throws `base-unknown` if no unit is below the base, or if one does not exist. */
export async function* pagesInScope(
  connection: LdapConnection,
  { baseDn, scope }: { readonly baseDn: string; readonly scope: LdapScope },
  search: Omit<LdapSearch, 'base' | 'scope'>,
  signal: AbortSignal,
): AsyncGenerator<readonly LdapEntry[]> {
  const unknown = () => new DirectoryFault('base-unknown', { server: connection.server });
  const bases = searchBases(baseDn, scope);
  if (bases.length === 0) throw unknown();
  for (const base of bases) {
    let isEmpty = true;
    for await (const page of connection.pages({ ...search, base, scope: 'sub' }, signal)) {
      isEmpty &&= page.length === 0;
      yield page;
    }
    // 389 Directory Server answers a search below a name that does not exist like one that finds nothing.
    if (isEmpty && !(await isThere(connection, base))) throw unknown();
  }
}

/** Whether the directory has an entry with this name, and shows it to the service account. */
export async function isThere(connection: LdapConnection, dn: string): Promise<boolean> {
  try {
    const search = {
      base: dn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['objectClass'],
    } as const;
    return (await connection.search(search)).length > 0;
  } catch (thrown) {
    // It is not a distinguished name.
    if (thrown instanceof LdapResult) return false;
    throw thrown;
  }
}
