import type { DirectoryChanges, ExternalAccount } from '../external/external-directory.ts';
import type { AccountReader, LdapAccounts } from './ldap-accounts.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { generalizedTime, sameDn, toGeneralizedTime, type LdapEntry } from './ldap-entry.ts';
import { anyOf } from './ldap-scope.ts';

/** LDAP's times have whole seconds, and more changes may arrive within a second that was already read. */
interface Cursor {
  /** The newest change that was read, in LDAP's notation. */
  readonly at: string;
  /** When it was first read, in milliseconds by this server's clock. */
  readonly readAt: number;
  /** The keys that changed in that second. They need not be reported again once the second is over. */
  readonly keys: readonly string[];
  /** The newest change that was seen, if the cursor is behind it because entries that were read earlier may have changed before it. */
  readonly seen?: string;
}

/** Milliseconds before the newest change at the first call from which changes are read, because the clocks of one directory's servers differ. */
const clockMs = 600_000;
/**
 * Milliseconds by which a change may be ahead of this server's clock. One that is later, as a server's wrong clock once wrote it, would hide all changes until
 * then, so it does not move the cursor.
 */
const maxAheadMs = 86_400_000;
/** Milliseconds after which a server's second is certainly over. */
const settledMs = 3000;
/** Milliseconds after which a read of a single list took long enough for entries to change behind it. */
const slowMs = 1000;
/** Keys in a cursor. With more changes in one second, all are reported again. */
const maxKeys = 80;

function cursorOf(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const cursor = JSON.parse(text) as Cursor;
    return generalizedTime(cursor.at) === null || !Array.isArray(cursor.keys) ? null : cursor;
  } catch {
    return null;
  }
}

/** The newer of two times in LDAP's notation. */
const newerTime = (one: string, other: string | null): string =>
  (generalizedTime(other) ?? 0) > (generalizedTime(one) ?? 0)
    ? toGeneralizedTime(generalizedTime(other) ?? 0)
    : one;

const earlierTime = (one: string, other: string): string =>
  (generalizedTime(other) ?? 0) < (generalizedTime(one) ?? 0) ? other : one;
const secondsBefore = (time: string, ms: number): string =>
  toGeneralizedTime(Math.max(0, Math.floor(((generalizedTime(time) ?? 0) - ms) / 1000) * 1000));

/** Reads changes by `modifyTimestamp`, and finds deleted accounts by comparing all keys at intervals; the keys are kept only in memory. */
export function createLdapChanges({
  now,
  compareKeysMs,
  feedAttributes,
  accounts: source,
  managerAttribute,
}: {
  readonly now: () => number;
  readonly compareKeysMs: number;
  readonly feedAttributes: readonly string[];
  readonly accounts: LdapAccounts;
  /** Empty if the directory has none. */
  readonly managerAttribute: string;
}) {
  /** The entries whose changes are too far ahead: their times, when they were first seen, and whether that second is over, so that they are not reported again. */
  const ahead = new Map<string, { readonly times: string; readonly at: number; isSettled: boolean }>();
  /** Most entries are ahead of this server's clock, which is therefore behind the directory's. */
  let isClockBehind = false;
  const isFar = (time: string | null): boolean => (generalizedTime(time) ?? 0) > now() + maxAheadMs;
  const isAhead = (time: string | null): boolean => !isClockBehind && isFar(time);
  let known: { readonly keys: ReadonlySet<string>; readonly at: number } | null = null;

  /** Reads all keys. Answers those that are gone, and the newest change by the directory's own clock. */
  async function readKeys(connection: LdapConnection, reader: AccountReader, signal: AbortSignal) {
    const present = new Set<string>();
    let [newest, newestOfAll] = [toGeneralizedTime(0), toGeneralizedTime(0)];
    let [entries, far] = [0, 0];
    for await (const page of source.keyPages(connection, signal))
      for (const entry of page) {
        const key = reader.keyIfInScope(entry);
        if (key !== null) present.add(key);
        const time = entry.text('modifyTimestamp');
        newestOfAll = newerTime(newestOfAll, time);
        entries += 1;
        if (isFar(time)) far += 1;
        else newest = newerTime(newest, time);
      }
    isClockBehind = far > entries / 2;
    const gone = [...(known?.keys ?? [])].filter((key) => !present.has(key));
    known = { keys: present, at: now() };
    return { gone, present, newest: isClockBehind ? newestOfAll : newest };
  }
  const compareKeys = async (
    ...of: Parameters<typeof readKeys>
  ): Promise<Pick<DirectoryChanges, 'goneKeys' | 'presentKeys'>> => {
    if (known !== null && now() - known.at < compareKeysMs) return { goneKeys: [] };
    const { gone, present } = await readKeys(...of);
    return { goneKeys: gone, presentKeys: present };
  };

  /** Whether an entry with a change that is too far ahead was reported with these times when their second was over. */
  function isKnownAhead(key: string, times: string): boolean {
    const seen = ahead.get(key);
    if (seen?.times !== times) ahead.set(key, { times, at: now(), isSettled: false });
    else if (seen.isSettled) return true;
    else seen.isSettled = now() - seen.at > settledMs;
    return false;
  }

  return {
    async since(
      connection: LdapConnection,
      text: string | null,
      signal: AbortSignal,
    ): Promise<DirectoryChanges> {
      const reader = await source.prepareReader(connection, signal);
      const former = cursorOf(text);
      if (former === null) {
        // By the directory's clock: by this one, what changes next may seem older than the cursor.
        const newest = generalizedTime((await readKeys(connection, reader, signal)).newest) ?? 0;
        const at = toGeneralizedTime(Math.max(0, newest - clockMs));
        const first: Cursor = { at, readAt: now(), keys: [] };
        return { accounts: [], goneKeys: [], cursor: JSON.stringify(first), more: false };
      }
      if (isAhead(former.at)) return { accounts: [], goneKeys: [], cursor: '', more: false, isLost: true };
      const skipped = new Set(now() - former.readAt > settledMs ? former.keys : []);
      const filter = anyOf(['modifyTimestamp', ...feedAttributes].map((name) => `(${name}>=${former.at})`));
      const accounts: ExternalAccount[] = [];
      const managers = new Map<string, string | null>();
      const begunAt = now();
      let lists = 0;
      let newest = former.at;
      const timesOf = (entry: LdapEntry) =>
        ['modifyTimestamp', ...feedAttributes].map((name) => entry.text(name));
      const atNewest = new Set<string>();
      for await (const page of source.pages(connection, signal, filter)) {
        lists += 1;
        for (const entry of page) {
          const account = reader.accountOf(entry);
          if (account === null) continue;
          const times = timesOf(entry);
          if (times.some(isAhead)) {
            if (isKnownAhead(account.key, times.join(' '))) continue;
          } else {
            const time = times.reduce<string>((one, other) => newerTime(one, other), former.at);
            if (newerTime(newest, time) !== newest) {
              newest = time;
              atNewest.clear();
            }
            if (time === newest) atNewest.add(account.key);
            if (time === former.at && skipped.has(account.key)) continue;
          }
          accounts.push({ ...account, manager: await managerKey(entry, account) });
        }
      }
      const at = certainTime();
      const cursor: Cursor = {
        at,
        readAt: at === former.at ? former.readAt : now(),
        ...(at === newest
          ? { keys: atNewest.size > maxKeys ? [] : [...atNewest] }
          : { keys: [], seen: newest }),
      };
      const compared = await compareKeys(connection, reader, signal);
      return { accounts, ...compared, cursor: JSON.stringify(cursor), more: false };

      /**
       * The time up to which no change was missed. While a long read lasts, an entry may change after its list was read, and another one later still, which the
       * read finds. What the former read saw happened before this one began.
       */
      function certainTime(): string {
        const lasted = Math.max(0, now() - begunAt);
        if (lists <= 1 && lasted < slowMs) return newest;
        const before = newerTime(former?.seen ?? toGeneralizedTime(0), secondsBefore(newest, lasted));
        return earlierTime(newest, newerTime(former?.at ?? before, before));
      }

      async function managerKey(entry: LdapEntry, account: ExternalAccount): Promise<string | null> {
        const dn = managerAttribute === '' ? null : entry.text(managerAttribute);
        if (dn === null) return account.manager;
        const name = sameDn(dn);
        if (!managers.has(name)) managers.set(name, await source.keyOfDn(connection, dn));
        return managers.get(name) ?? account.manager;
      }
    },
  };
}
