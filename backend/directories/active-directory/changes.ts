import type { DirectoryChanges, ExternalAccount } from '../external/external-directory.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { filterText, guidText, toGeneralizedTime, type LdapEntry } from '../ldap/ldap-entry.ts';
import { allOf, anyOf } from '../ldap/ldap-scope.ts';
import { binaryAttributes, userFilter, type AccountReader } from './account-of-entry.ts';
import type { ControllerEntry } from './controller-entry.ts';
import { deletedObjects } from './controls.ts';
import { withAllValues } from './ranges.ts';

/** How far the changes of each controller were read. Each controller counts by itself. */
interface Cursor {
  /** The newest `lastChange` by invocation id. */
  readonly numbers: Readonly<Record<string, string>>;
  /** When the last changes were read, in milliseconds by the controller's clock. */
  readonly at: number;
}

/** Change numbers of a controller that are read at once: at most that many accounts. */
const window = 10_000n;
/** Milliseconds of overlap before the last read for changes at another controller, because clocks differ and replication is delayed. */
const overlapMs = 86_400_000;
/** Controllers in a cursor. The ones that were not read for the longest time are dropped. */
const maxControllers = 40;

function cursorOf(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const { numbers, at } = JSON.parse(text) as Cursor;
    return typeof at === 'number' && Object.values(numbers).every((value) => /^\d+$/.test(value))
      ? { numbers, at }
      : null;
  } catch {
    return null;
  }
}

/**
 * The accounts that changed at this controller. If another controller answered before, the accounts that changed here since a day before the last
 * read: every controller writes `whenChanged` when a change arrives. Members of the given groups are read again when any group changed, since an
 * account's own entry does not change then.
 */
export async function readChanges(
  connection: LdapConnection,
  text: string | null,
  {
    at,
    reader,
    attributes,
    groups,
    signal,
  }: {
    readonly at: ControllerEntry;
    readonly reader: AccountReader;
    readonly attributes: readonly string[];
    readonly groups: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<DirectoryChanges> {
  const invocationId = await at.invocationId();
  const former = cursorOf(text);
  const clock = at.clock ?? 0;
  const cursorTo = (number: bigint): string => {
    const { [invocationId]: _former, ...others } = former?.numbers ?? {};
    const numbers = Object.fromEntries([
      ...Object.entries(others).slice(1 - maxControllers),
      [invocationId, String(number)],
    ]);
    return JSON.stringify({ numbers, at: clock } satisfies Cursor);
  };
  if (former === null) return { accounts: [], goneKeys: [], cursor: cursorTo(at.lastChange), more: false };

  const known = former.numbers[invocationId];
  const from = known === undefined ? null : BigInt(known);
  const to = from === null || at.lastChange - from <= window ? at.lastChange : from + window;
  const changed =
    from === null
      ? `(whenChanged>=${toGeneralizedTime(former.at - overlapMs).replace('Z', '.0Z')})`
      : `(uSNChanged>=${from + 1n})(uSNChanged<=${to})`;
  if (from !== null && to === from) return { accounts: [], goneKeys: [], cursor: cursorTo(to), more: false };

  const accounts = new Map<string, ExternalAccount>();
  const goneKeys = new Set<string>();
  const search = (filter: string, base = at.domainDn) => ({
    base,
    scope: 'sub' as const,
    filter,
    attributes,
    binary: binaryAttributes,
    controls: reader.controls,
  });
  const keyOf = (entry: LdapEntry): string | null => {
    const guid = entry.bytes('objectGUID');
    return guid?.length === 16 ? guidText(guid) : null;
  };
  // Reads all users of the domain, since one may have been moved out of the base. Users outside the base are gone for this desk.
  for await (const page of connection.pages(
    { ...search(allOf(userFilter, changed)), attributes: ['objectGUID'] },
    signal,
  ))
    for (const entry of page) {
      const key = keyOf(entry);
      if (key !== null) goneKeys.add(key);
    }
  const inScope = allOf(reader.filter, changed);
  for await (const page of connection.pages(search(inScope), signal)) await collect(page);
  if (groups.length > 0 && (await someGroupChanged()))
    for await (const page of connection.pages(search(allOf(reader.filter, await watchedMembers())), signal))
      await collect(page);
  const deleted = {
    ...search(allOf('(isDeleted=TRUE)', '(objectClass=user)', changed)),
    attributes: ['objectGUID'],
    controls: [await deletedObjects()],
  };
  for await (const page of connection.pages(deleted, signal))
    for (const entry of page) {
      const key = keyOf(entry);
      if (key !== null) goneKeys.add(key);
    }
  return {
    accounts: [...accounts.values()],
    goneKeys: [...goneKeys],
    cursor: cursorTo(to),
    more: to < at.lastChange,
  };

  async function collect(page: readonly LdapEntry[]): Promise<void> {
    for (const entry of page) {
      const account = reader.accountOf(await withAllValues(connection, entry));
      if (account === null) continue;
      accounts.set(account.key, account);
      goneKeys.delete(account.key);
    }
  }
  async function someGroupChanged(): Promise<boolean> {
    const [group] = await connection.search({
      ...search(allOf('(objectClass=group)', changed)),
      attributes: ['cn'],
    });
    return group !== undefined;
  }
  async function watchedMembers(): Promise<string> {
    return anyOf(groups.map((dn) => `(memberOf:1.2.840.113556.1.4.1941:=${filterText(dn)})`));
  }
}
