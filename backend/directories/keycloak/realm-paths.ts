import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import { listOf, type Fields } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';

const pageSize = 500;

export const userPath = (key: string): string => `/users/${encodeURIComponent(key)}`;
export const lockPath = (key: string): string =>
  `/attack-detection/brute-force/users/${encodeURIComponent(key)}`;

/** Reads the pages of a list that Keycloak returns by position. */
export type ReadPages = (
  path: string,
  right: DirectoryRight,
  signal?: AbortSignal,
) => AsyncIterable<readonly Fields[]>;

/** Reads one page. A list of something that was deleted is empty; the realm's own users and events always have a list. */
async function readPage(
  client: KeycloakClient,
  path: string,
  first: number,
  [right, signal]: readonly [DirectoryRight, AbortSignal | undefined],
): Promise<readonly Fields[]> {
  signal?.throwIfAborted();
  const separator = path.includes('?') ? '&' : '?';
  const { status, json } = await client.get(
    `${path}${separator}first=${first}&max=${pageSize}`,
    right,
    signal,
  );
  if (status === 404 && /^\/(users|events|admin-events)\b/.test(path))
    throw new DirectoryFault('answer-invalid', { server: client.server, serverCode: '404' });
  return listOf(json);
}

/** The pages of a list whose entries do not move towards its start while it is read, such as events, newest first. */
export const pagesOf = (client: KeycloakClient): ReadPages =>
  async function* pages(path, right, signal) {
    for (let first = 0; ; first += pageSize) {
      const page = await readPage(client, path, first, [right, signal]);
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
    }
  };

/** The pages of a list of users. */
export type ReadUserPages = (
  ...of: [...Parameters<ReadPages>, after?: { readonly first: number; readonly isRead: IsRead }]
) => AsyncIterable<readonly Fields[]>;
/** Whether an interrupted read has read the user. */
type IsRead = (id: string) => Promise<boolean>;

/**
 * The pages of a list of users, which Keycloak sorts by name. If users are deleted or renamed during the read, the others move towards the start, and
 * some would fall between two pages. Each page therefore begins with the last user of the one before; if it does not, the read goes back. A user is
 * answered once. An interrupted read continues with its last page.
 */
export const userPagesOf = (client: KeycloakClient): ReadUserPages =>
  async function* pages(path, right, signal, after) {
    const read = new Set<string>();
    const isRead = async (id: string) => read.has(id) || (await after?.isRead(id)) === true;
    for (let first = after?.first ?? 0; ;) {
      const page = await readPage(client, path, first, [right, signal]);
      if (first > 0 && !(await isRead(String(page[0]?.['id'])))) {
        first = Math.max(0, first - pageSize);
        continue;
      }
      const fresh = page.filter(({ id }) => !read.has(String(id)));
      for (const { id } of fresh) read.add(String(id));
      if (fresh.length > 0) yield fresh;
      if (page.length < pageSize) return;
      first += pageSize - 1;
    }
  };
