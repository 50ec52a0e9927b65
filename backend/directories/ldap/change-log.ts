import type { LdapConnection } from './ldap-connection.ts';
import { generalizedTime, toGeneralizedTime, type LdapEntry } from './ldap-entry.ts';
import { LdapResult } from './ldap-requests.ts';
import type { RootEntry } from './ldap-root.ts';

/** What a server's log of changes tells about accounts. */
export interface ChangeLog {
  /**
   * The latest time at which an entry may have got its contact data, which a change of its password or a wrong password does not move. Null if the log does not
   * have the entry's last change.
   */
  contactSetAt(
    key: string,
    entry: { readonly modifiedAt: number; readonly createdAt: number | null },
  ): number | null;
}

/** Milliseconds of the log that are read: the longest time for which a policy can let contact data wait, and a day. */
const readMs = 91 * 24 * 3_600_000;

/** Attributes of which a change leaves contact data as it is: those of passwords and sign-ins, and those that every change moves. */
const harmless =
  /^(?:userPassword|pwd[A-Za-z]+|authTimestamp|lastSuccess|modifyTimestamp|modifiersName|entryCSN)$/i;

/** The records of one entry in the log. */
interface Records {
  /** The times of all changes, as the entry had them. */
  readonly changes: Set<number>;
  /** The newest change of anything that is not harmless. */
  otherAt: number | null;
}

/** Reads `mail:= zoe@example.com` as the attribute and the value. */
const modification = /^([^:;]+)[^:]*:[^ ]* ?(.*)$/s;

function timeAndHarm(record: LdapEntry): { readonly at: number | null; readonly isHarmless: boolean } {
  let at: number | null = null;
  let isHarmless = true;
  for (const text of record.texts('reqMod')) {
    const [, attribute = '', value = ''] = modification.exec(text) ?? [];
    if (attribute.toLowerCase() === 'modifytimestamp') at = generalizedTime(value);
    if (!harmless.test(attribute)) isHarmless = false;
  }
  return { at, isHarmless };
}

const baseOf = ({ contexts }: Pick<RootEntry, 'contexts'>): string | undefined =>
  contexts.find((context) => /^cn=(?:access)?log$/i.test(context));

/** Whether the server has such a log that the service account may read. */
export async function hasAccessLog(
  connection: LdapConnection,
  root: Pick<RootEntry, 'contexts'>,
): Promise<boolean> {
  const base = baseOf(root);
  if (base === undefined) return false;
  const found = await connection
    .search({ base, scope: 'base', filter: '(objectClass=auditContainer)', attributes: ['objectClass'] })
    .catch((thrown: unknown) => {
      if (thrown instanceof LdapResult) return [];
      throw thrown;
    });
  return found.length > 0;
}

/**
 * Reads the log that OpenLDAP's overlay accesslog keeps in a tree of its own. Null if the server has none, or if the service account may not read it. The log
 * of a server that does not log writes has no record of an entry's last change, so it tells nothing about that entry.
 */
export async function readAccessLog(
  connection: LdapConnection,
  root: Pick<RootEntry, 'contexts'>,
  {
    toKey,
    now,
    signal,
  }: { readonly toKey: (value: string) => string; readonly now: number; readonly signal: AbortSignal },
): Promise<ChangeLog | null> {
  const base = baseOf(root);
  if (base === undefined) return null;
  const byKey = new Map<string, Records>();
  let startsAt = Infinity;
  const pages = connection.pages(
    {
      base,
      scope: 'one',
      filter: `(&(objectClass=auditModify)(reqResult=0)(reqStart>=${toGeneralizedTime(now - readMs)}))`,
      attributes: ['reqEntryUUID', 'reqMod'],
    },
    signal,
  );
  try {
    for await (const page of pages)
      for (const record of page) {
        const uuid = record.text('reqEntryUUID');
        const { at, isHarmless } = timeAndHarm(record);
        if (uuid === null || at === null) continue;
        startsAt = Math.min(startsAt, at);
        const key = toKey(uuid);
        const records = byKey.get(key) ?? { changes: new Set(), otherAt: null };
        byKey.set(key, records);
        records.changes.add(at);
        if (!isHarmless) records.otherAt = Math.max(records.otherAt ?? 0, at);
      }
  } catch (thrown) {
    if (thrown instanceof LdapResult) return null;
    throw thrown;
  }
  return {
    contactSetAt: (key, { modifiedAt, createdAt }) => {
      const records = byKey.get(key);
      if (records?.changes.has(modifiedAt) !== true) return null;
      // What was changed before the log began is unknown.
      return Math.min(modifiedAt, Math.max(records.otherAt ?? startsAt, createdAt ?? 0));
    },
  };
}
