import { DirectoryFault } from '../external/directory-fault.ts';
import type { DirectoryChanges } from '../external/external-directory.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import { isObjectId, type TenantUsers } from './entra-accounts.ts';
import { serverCodeOf, type GraphClient } from './graph-client.ts';

/** Changes of these alone are told. */
const tracked = [
  'userPrincipalName',
  'displayName',
  'mail',
  'mobilePhone',
  'businessPhones',
  'employeeId',
  'department',
  'accountEnabled',
  'externalUserState',
  'onPremisesSyncEnabled',
  'lastPasswordChangeDateTime',
  'manager',
].join(',');
const fromNow = `/users/delta?$deltatoken=latest&$select=${tracked}`;
/** Names all users once, page by page, and then what has changed since. */
const fromTheStart = `/users/delta?$select=${tracked}`;
/** A cursor is stored with at most these characters. */
const maxCursor = 4000;

/**
 * Reads changes by delta query: a cursor is the path of a link that Graph answered, and each call reads one page. Users that changed are read afresh, since a page holds
 * what has changed alone. A link that Graph no longer knows (410) is followed by a read of all users; those that were deleted meanwhile
 * show when the keys are compared.
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
      if (answer.status === 410) return { accounts: [], goneKeys: [], cursor: fromTheStart, more: true };
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
        // A user who was restored is named twice.
        (isRemoved ? changed : gone).delete(key);
      }
      const accounts = await users.readMany([...changed], signal);
      const found = new Set(accounts.map((account) => account.key));
      const goneKeys = [...gone, ...[...changed].filter((key) => !found.has(key))];
      return { accounts, goneKeys, cursor: cursorOf(link), more: next !== null };
    },
  };
}
