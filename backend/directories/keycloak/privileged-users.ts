import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import { fieldsOf, listOf } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import { userPath, type ReadPages } from './realm-paths.ts';

type Privileges = Pick<KeycloakSettings, 'privilegedGroups' | 'privilegedRoles'>;

const right: DirectoryRight = 'read-accounts';

const groupPath = (group: string): string =>
  `/group-by-path/${group.split('/').filter(Boolean).map(encodeURIComponent).join('/')}`;
const rolePath = (role: string): string => `/roles/${encodeURIComponent(role)}`;

/** The groups and roles of the settings that the realm does not have. Roles need `view-realm`; without it, none is named. */
export async function unknownNamesOf(
  client: KeycloakClient,
  { privilegedGroups, privilegedRoles }: Privileges,
): Promise<readonly string[]> {
  const isUnknown = async (path: string) => {
    try {
      return (await client.get(path, right)).status === 404;
    } catch (thrown) {
      if (thrown instanceof DirectoryFault && thrown.code === 'right-missing') return false;
      throw thrown;
    }
  };
  const unknown: string[] = [];
  for (const group of privilegedGroups) if (await isUnknown(groupPath(group))) unknown.push(group);
  for (const role of privilegedRoles) if (await isUnknown(rolePath(role))) unknown.push(role);
  return unknown;
}

/** Whether the user has one of the roles, possibly through another role or a group, or belongs to one of the groups or to a group below it. */
export async function isPrivilegedUser(
  client: KeycloakClient,
  key: string,
  { privilegedGroups, privilegedRoles }: Privileges,
): Promise<boolean> {
  if (privilegedRoles.length > 0) {
    const { json } = await client.get(`${userPath(key)}/role-mappings/realm/composite`, right);
    if (listOf(json).some(({ name }) => privilegedRoles.includes(String(name)))) return true;
  }
  if (privilegedGroups.length === 0) return false;
  const { json } = await client.get(`${userPath(key)}/groups?max=1000`, right);
  return listOf(json).some(({ path }) =>
    privilegedGroups.some((group) => path === group || String(path).startsWith(`${group}/`)),
  );
}

/** The ids of all privileged users, for reads of many accounts. */
export async function readPrivileged(
  client: KeycloakClient,
  { pages, userPages }: { readonly pages: ReadPages; readonly userPages: ReadPages },
  { privilegedGroups, privilegedRoles }: Privileges,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const collect = async (path: string) => {
    for await (const page of userPages(path, right, signal)) for (const { id } of page) ids.add(String(id));
  };
  const collectGroup = async (id: string): Promise<void> => {
    await collect(`/groups/${encodeURIComponent(id)}/members?briefRepresentation=true`);
    for await (const page of pages(`/groups/${encodeURIComponent(id)}/children`, right, signal))
      for (const child of page) await collectGroup(String(child['id']));
  };
  for (const group of privilegedGroups) {
    const { status, json } = await client.get(groupPath(group), right, signal);
    if (status !== 404) await collectGroup(String(fieldsOf(json)['id']));
  }
  for (const role of privilegedRoles) {
    const path = rolePath(role);
    await collect(`${path}/users?briefRepresentation=true`);
    for await (const page of pages(`${path}/groups`, right, signal))
      for (const group of page) await collectGroup(String(group['id']));
  }
  return ids;
}
