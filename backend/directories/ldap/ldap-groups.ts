import type { LdapConnection } from './ldap-connection.ts';
import { filterText, sameDn } from './ldap-entry.ts';

/** Groups name members by their distinguished name, or in POSIX groups by their user name. */
const memberAttributes = ['member', 'uniqueMember', 'memberUid'];
const groupFilter =
  '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=groupOfMembers))';
/** Levels of nested groups. Deeper nesting is circular or a mistake. */
const maxDepth = 20;

/** Whether an account belongs to one of the groups, directly or through a nested group. */
export type IsMember = (dn: string, userName: string) => boolean;

/** Reads all groups once, for reads of many accounts. */
export async function readMembers(
  connection: LdapConnection,
  base: string,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<IsMember> {
  if (groups.length === 0) return () => false;
  const members = new Map<
    string,
    { readonly dns: readonly string[]; readonly userNames: readonly string[] }
  >();
  const search = { base, scope: 'sub' as const, filter: groupFilter, attributes: memberAttributes };
  for await (const page of connection.pages(search, signal))
    for (const entry of page)
      members.set(sameDn(entry.dn), {
        dns: [...entry.texts('member'), ...entry.texts('uniqueMember')].map(sameDn),
        userNames: entry.texts('memberUid').map((name) => name.toLowerCase()),
      });
  const dns = new Set<string>();
  const userNames = new Set<string>();
  const waiting = groups.map(sameDn);
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    const found = members.get(group);
    for (const name of found?.userNames ?? []) userNames.add(name);
    for (const dn of found?.dns ?? []) {
      if (dns.has(dn)) continue;
      dns.add(dn);
      waiting.push(dn);
    }
  }
  return (dn, userName) => dns.has(sameDn(dn)) || userNames.has(userName.toLowerCase());
}

/** Reads the groups of one account, from the account upwards. */
export async function isMemberOf(
  connection: LdapConnection,
  base: string,
  groups: readonly string[],
  { dn, userName }: { readonly dn: string; readonly userName: string },
): Promise<boolean> {
  if (groups.length === 0) return false;
  const wanted = new Set(groups.map(sameDn));
  const seen = new Set<string>();
  let holders = [`(memberUid=${filterText(userName)})`, ...holding(dn)];
  for (let depth = 0; depth < maxDepth && holders.length > 0; depth += 1) {
    const found = await connection.search({
      base,
      scope: 'sub',
      filter: `(&${groupFilter}(|${holders.join('')}))`,
      attributes: ['1.1'],
    });
    const fresh = found.filter((entry) => !seen.has(sameDn(entry.dn)));
    if (fresh.some((entry) => wanted.has(sameDn(entry.dn)))) return true;
    for (const entry of fresh) seen.add(sameDn(entry.dn));
    holders = fresh.flatMap((entry) => holding(entry.dn));
  }
  return false;
}

const holding = (dn: string): string[] => [`(member=${filterText(dn)})`, `(uniqueMember=${filterText(dn)})`];
