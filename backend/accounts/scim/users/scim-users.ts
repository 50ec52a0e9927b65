import { parseFilter } from '../protocol/filter.ts';
import { patchUser } from '../protocol/patch.ts';
import { readUser } from '../protocol/resource.ts';
import { ScimError } from '../protocol/scim-error.ts';
import type { WriteCollaborators, Writing } from './apply-user.ts';
import { createFindUsers, type FoundUsers } from './find-users.ts';
import { userOf, type ScimUser } from './user-rows.ts';
import { createWriteUser } from './write-user.ts';

/** The users of a source, as an identity provider manages them by SCIM. `base` is the address of the source. Methods throw `ScimError`. */
export interface ScimUsers {
  get(sourceId: string, id: string, base: string): Promise<ScimUser>;
  find(
    sourceId: string,
    query: { readonly filter: string | null; readonly startIndex: number; readonly count: number },
    base: string,
  ): Promise<FoundUsers>;
  create(by: Writing, body: unknown, base: string): Promise<ScimUser>;
  replace(by: Writing, id: string, ifMatch: string | null, body: unknown, base: string): Promise<ScimUser>;
  patch(by: Writing, id: string, ifMatch: string | null, body: unknown, base: string): Promise<ScimUser>;
  remove(by: Writing, id: string, ifMatch: string | null): Promise<void>;
}

export function createScimUsers(collaborators: WriteCollaborators): ScimUsers {
  const { create, change, remove } = createWriteUser(collaborators);
  const { get, find } = createFindUsers(collaborators);
  return {
    async get(sourceId, id, base) {
      const row = await get(sourceId, id);
      if (row === null) throw new ScimError(404, 'This user does not exist.');
      return userOf(row, base);
    },
    find: async (sourceId, { filter, ...page }, base) =>
      find(sourceId, { ...page, filter: filter === null ? null : parseFilter(filter) }, base),
    create: async (by, body, base) => userOf(await create(by, readUser(body)), base),
    async replace(by, id, ifMatch, body, base) {
      const user = readUser(body);
      return userOf(await change(by, id, ifMatch, () => user), base);
    },
    patch: async (by, id, ifMatch, body, base) =>
      userOf(await change(by, id, ifMatch, (before) => patchUser(before, body)), base),
    remove,
  };
}
