import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { filterText, sameDn, type LdapEntry } from '../ldap/ldap-entry.ts';
import { anyOf } from '../ldap/ldap-scope.ts';
import { extendedName } from './extended-names.ts';

/** Groups and all groups nested in them. */
export interface NestedGroups {
  /** Whether the entry, read with `memberOf` and `primaryGroupID`, is a member of one of them. */
  readonly holds: (entry: LdapEntry) => boolean;
  /** A filter for their members; it matches no account if the groups do not exist. */
  readonly filter: string;
}

const inChain = '1.2.840.113556.1.4.1941';

/** Reads the groups below the named ones, at any depth. Members are found by their direct groups, whose index is fast, and by their primary group. */
export async function readNestedGroups(
  connection: LdapConnection,
  domainDn: string,
  groups: readonly string[],
): Promise<NestedGroups> {
  if (groups.length === 0) return { holds: () => false, filter: '' };
  const filter = anyOf(
    groups.flatMap((dn) => [
      `(distinguishedName=${filterText(dn)})`,
      `(memberOf:${inChain}:=${filterText(dn)})`,
    ]),
  );
  const found: LdapEntry[] = [];
  const search = {
    base: domainDn,
    scope: 'sub' as const,
    filter: `(&(objectClass=group)${filter})`,
    attributes: ['objectSid'],
    binary: ['objectSid'],
  };
  for await (const page of connection.pages(search)) found.push(...page);
  const names = new Set(found.map(({ dn }) => sameDn(dn)));
  const numbers = new Set(found.flatMap((entry) => relativeId(entry.bytes('objectSid')) ?? []));
  return {
    holds: (entry) =>
      numbers.has(entry.number('primaryGroupID') ?? -1) ||
      entry.texts('memberOf').some((name) => names.has(sameDn(extendedName(name).dn))),
    filter:
      found.length === 0
        ? '(!(objectClass=*))'
        : anyOf([
            ...found.map(({ dn }) => `(memberOf=${filterText(dn)})`),
            ...[...numbers].map((number) => `(primaryGroupID=${number})`),
          ]),
  };
}

/** The last number of a security identifier. */
const relativeId = (sid: Buffer | null): number | null =>
  sid === null || sid.length < 12 ? null : sid.readUInt32LE(sid.length - 4);
