import type { DirectoryRight } from '../external/directory-fault.ts';
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

export const pagesOf = (client: KeycloakClient): ReadPages =>
  async function* pages(path, right, signal) {
    const separator = path.includes('?') ? '&' : '?';
    for (let first = 0; ; first += pageSize) {
      signal?.throwIfAborted();
      const { json } = await client.get(`${path}${separator}first=${first}&max=${pageSize}`, right, signal);
      const page = listOf(json);
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
    }
  };
