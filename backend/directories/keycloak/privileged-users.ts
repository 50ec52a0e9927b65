import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import type { DirectoryRight } from '../external/directory-fault.ts';
import { fieldsOf, listOf } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import { userPath, type ReadPages } from './realm-paths.ts';

type Privileges = Pick<KeycloakSettings, 'privilegedGroups' | 'privilegedRoles'>;

const right: DirectoryRight = 'read-accounts';

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
    const path = group.split('/').filter(Boolean).map(encodeURIComponent).join('/');
    const { status, json } = await client.get(`/group-by-path/${path}`, right, signal);
    if (status !== 404) await collectGroup(String(fieldsOf(json)['id']));
  }
  for (const role of privilegedRoles) {
    const path = `/roles/${encodeURIComponent(role)}`;
    await collect(`${path}/users?briefRepresentation=true`);
    for await (const page of pages(`${path}/groups`, right, signal))
      for (const group of page) await collectGroup(String(group['id']));
  }
  return ids;
}
