import { DirectoryFault } from '../external/directory-fault.ts';
import type { DirectoryChanges } from '../external/external-directory.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import { isObjectId, userProperties, type TenantUsers } from './entra-accounts.ts';
import { serverCodeOf, type GraphClient } from './graph-client.ts';

/** The only properties whose changes are reported. */
const tracked = [...userProperties, 'manager'].join(',');
const fromNow = `/users/delta?$deltatoken=latest&$select=${tracked}`;
/** The maximum length of a stored cursor in characters. */
const maxCursor = 4000;

/**
 * Reads changes by delta query. A cursor is the path of a link that Graph answered, and each call reads one page. Changed users are read again,
 * because a page contains only the changed properties. If Graph no longer knows a link (410), the cursor is lost: only a read of all users shows who
 * was deleted in the meantime.
 */
export function createEntraChanges(client: GraphClient, users: TenantUsers) {
  const right = 'read-accounts';
  const cursorOf = (link: string): string => {
    if (link.length <= maxCursor) return link;
    throw new DirectoryFault('answer-invalid', { server: client.server, serverCode: 'link' });
  };
  return {
    async since(cursor: string | null, signal: AbortSignal): Promise<DirectoryChanges> {
      const path = cursor?.startsWith('/users/') === true ? cursor : fromNow;
      const answer = await client.get(path, right, signal);
      if (answer.status === 410)
        return { accounts: [], goneKeys: [], cursor: fromNow, more: false, isLost: true };
      const { items, next, delta } = client.pageOf(answer);
      const link = next ?? delta;
      if (link === null)
        throw new DirectoryFault('answer-invalid', {
          server: client.server,
          serverCode: serverCodeOf(answer),
        });
      const changed = new Set<string>();
      const gone = new Set<string>();
      for (const item of items) {
        const key = textOf(item['id'])?.toLowerCase() ?? '';
        if (!isObjectId(key)) continue;
        const isRemoved = Object.hasOwn(fieldsOf(item), '@removed');
        (isRemoved ? gone : changed).add(key);
        // A restored user appears twice in the page.
        (isRemoved ? changed : gone).delete(key);
      }
      const accounts = await users.readMany([...changed], signal);
      const found = new Set(accounts.map((account) => account.key));
      const goneKeys = [...gone, ...[...changed].filter((key) => !found.has(key))];
      return { accounts, goneKeys, cursor: cursorOf(link), more: next !== null };
    },
  };
}
