import { setImmediate } from 'node:timers/promises';
import type { Store } from '../../../store/store.ts';
import type { ScimUsersTable } from '../../../store/tables.ts';
import { identityKey } from '../../../text/fold.ts';
import { maxResults } from '../protocol/discovery.ts';
import type { Filter } from '../protocol/filter.ts';
import { matches } from '../protocol/match.ts';
import { cleanText } from '../protocol/resource.ts';
import { indexedText, userOf, usersOf, type ScimUser } from './user-rows.ts';

/** The number of users in one read of a filter that no index serves. */
const pageSize = 500;

/** A client's query. `startIndex` counts from 1. */
export interface UserQuery {
  readonly filter: Filter | null;
  readonly startIndex: number;
  readonly count: number;
}

export interface FoundUsers {
  readonly users: readonly ScimUser[];
  readonly total: number;
}

/** An equality on an indexed column that every match of the filter satisfies. */
interface Indexed {
  readonly column: 'account_id' | 'external_id' | 'user_name_key' | 'email_key';
  readonly value: string;
}

/** The columns of attributes. Addresses are queried as `emails`, `emails.value` and `emails[type eq "work"].value`. */
const columns: Readonly<Record<string, Indexed['column']>> = {
  id: 'account_id',
  externalid: 'external_id',
  username: 'user_name_key',
  emails: 'email_key',
};

function indexedOf(filter: Filter | null): Indexed | null {
  if (filter?.kind === 'and') return indexedOf(filter.left) ?? indexedOf(filter.right);
  if (filter?.kind !== 'compare' || filter.by !== 'eq' || typeof filter.to !== 'string') return null;
  const { isEnterprise, attribute, sub } = filter.path;
  const column = isEnterprise ? undefined : columns[attribute.toLowerCase()];
  if (column === undefined || (sub !== null && (column !== 'email_key' || sub.toLowerCase() !== 'value')))
    return null;
  const text = cleanText(filter.to);
  const isFolded = column === 'user_name_key' || column === 'email_key';
  return { column, value: indexedText(isFolded ? identityKey(text) : text) };
}

/** Finds users of a source. */
export function createFindUsers({ store }: { readonly store: Store }) {
  const narrowed = (sourceId: string, indexed: Indexed | null) => {
    const users = usersOf(store.db, sourceId).orderBy('created_at').orderBy('account_id');
    if (indexed === null) return users;
    if (indexed.column !== 'email_key') return users.where(indexed.column, '=', indexed.value);
    return users.where('account_id', 'in', (from) =>
      from.selectFrom('scim_user_emails').select('account_id').where('email_key', '=', indexed.value),
    );
  };

  const all = async (sourceId: string, query: UserQuery, base: string): Promise<FoundUsers> => {
    const { startIndex, count } = query;
    const { total } = await store.db
      .selectFrom('scim_users')
      .select((of) => of.fn.countAll().as('total'))
      .where('source_id', '=', sourceId)
      .executeTakeFirstOrThrow();
    const rows =
      count === 0
        ? []
        : await narrowed(sourceId, null)
            .limit(count)
            .offset(startIndex - 1)
            .execute();
    return { users: rows.map((row) => userOf(row, base)), total: Number(total) };
  };

  return {
    async get(sourceId: string, id: string): Promise<ScimUsersTable | null> {
      const row = await usersOf(store.db, sourceId).where('account_id', '=', id).executeTakeFirst();
      return row ?? null;
    },
    async find(sourceId: string, query: UserQuery, base: string): Promise<FoundUsers> {
      const { filter, startIndex, count: asked } = query;
      const count = Math.min(asked, maxResults);
      if (filter === null) return all(sourceId, { ...query, count }, base);
      const rows = narrowed(sourceId, indexedOf(filter));
      const users: ScimUser[] = [];
      let total = 0;
      for (let offset = 0; ; offset += pageSize) {
        const page = await rows.limit(pageSize).offset(offset).execute();
        for (const row of page) {
          const user = userOf(row, base);
          if (!matches(user.body, filter)) continue;
          total += 1;
          if (total >= startIndex && users.length < count) users.push(user);
        }
        if (page.length < pageSize) return { users, total };
        await setImmediate();
      }
    },
  };
}
