import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { GraphClient } from './graph-client.ts';

type Privileges = Pick<EntraSettings, 'privilegedGroups'>;
const roleType = '#microsoft.graph.directoryRole';
const groupType = '#microsoft.graph.group';

/** The groups of the settings that the tenant does not have. */
export async function unknownGroups(
  client: GraphClient,
  { privilegedGroups }: Privileges,
): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (const group of privilegedGroups) {
    const { status } = await client.get(`/groups/${encodeURIComponent(group)}?$select=id`, 'read-groups');
    if (status === 404 || status === 400) unknown.push(group);
  }
  return unknown;
}

/** Whether the user has a directory role, directly or through a group, or belongs to one of the groups, directly or nested. */
export async function isPrivilegedUser(
  client: GraphClient,
  key: string,
  { privilegedGroups }: Privileges,
): Promise<boolean> {
  const groups = new Set(privilegedGroups.map((id) => id.toLowerCase()));
  for await (const page of client.pages(`/users/${key}/transitiveMemberOf?$select=id`, 'read-accounts'))
    for (const { '@odata.type': type, id } of page)
      if (type === roleType || groups.has(String(id).toLowerCase())) return true;
  return false;
}

/** The ids of all privileged users. Use it for many accounts at once. */
export async function readPrivileged(
  client: GraphClient,
  { privilegedGroups }: Privileges,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const groups = new Set<string>();
  for await (const roles of client.pages('/directoryRoles?$select=id', 'read-roles', signal))
    for (const { id: role } of roles)
      for await (const page of client.pages(
        `/directoryRoles/${String(role)}/members?$select=id`,
        'read-roles',
        signal,
      ))
        for (const { '@odata.type': type, id } of page) (type === groupType ? groups : ids).add(String(id));
  for (const group of privilegedGroups) groups.add(group);
  for (const group of groups) for (const id of await readMembers(client, group, signal)) ids.add(id);
  return ids;
}

/** The ids of a group's users, direct and nested. A group that does not exist has none; it must not stop the read of the accounts. */
async function readMembers(
  client: GraphClient,
  group: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const path = `/groups/${encodeURIComponent(group)}/transitiveMembers/microsoft.graph.user?$select=id`;
  try {
    for await (const page of client.pages(path, 'read-groups', signal))
      for (const { id } of page) ids.push(String(id));
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFault) || thrown.serverCode?.startsWith('404') !== true) throw thrown;
  }
  return ids;
}
