import { isUsableKey } from '../../directories/external/account-key.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { PhoneReader } from '../../text/phone-numbers.ts';
import { exactValues, readAccount, type Refused } from '../import/read-account.ts';
import { stageRow, type StagedRow } from '../import/staged-row.ts';
import { sourceIdKey } from '../../text/source-id.ts';
import { cellsOf } from './external-rows.ts';

/** An account of a directory that cannot be in the index. */
export interface RefusedEntry extends Refused {
  readonly key: string;
  readonly userName: string;
}

/** Accounts of a directory as they were read. */
export interface ReadEntries {
  /** Those that can be in the index, with times that it can store. No two have the same key. */
  readonly accounts: readonly ExternalAccount[];
  /** Their rows. */
  readonly rows: readonly StagedRow[];
  readonly refused: readonly RefusedEntry[];
}

const earliest = Date.parse('1000-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** A time that the database can store and a page can show: whole milliseconds of a year with four digits; null for no number. */
const wholeTime = (at: number | null): number | null =>
  at === null || Number.isNaN(at) ? null : Math.min(Math.max(Math.trunc(at), earliest), latest);

/** An account with times that the database can store. */
export const withWholeTimes = (account: ExternalAccount): ExternalAccount => ({
  ...account,
  expiresAt: wholeTime(account.expiresAt),
  lockedSince: wholeTime(account.lockedSince),
  lockedUntil: wholeTime(account.lockedUntil),
  lockedAt: /[\p{Cc}\p{Cs}]/u.test(account.lockedAt ?? '') ? null : account.lockedAt,
  passwordSetAt: wholeTime(account.passwordSetAt),
  createdAt: wholeTime(account.createdAt),
  contactSetAt: {
    email: wholeTime(account.contactSetAt.email),
    phone: wholeTime(account.contactSetAt.phone),
  },
});

/** Why an entry cannot be known by its key; null if it can. A key is stored as it is, since the directory is asked for it later. */
function keyFault(idKey: string | null, key: string): Refused | null {
  if (idKey === null) return { reason: 'id-missing', detail: '' };
  return isUsableKey(key) ? null : { reason: 'bad-characters', field: 'id', detail: key };
}

/**
 * Reads each account by itself: one that cannot be in the index is refused, and stops no other. Of several with one key, the last counts: otherwise each
 * read would write all of them.
 */
export function readEntries(
  told: readonly ExternalAccount[],
  {
    source,
    readPhone,
    now,
  }: { readonly source: string; readonly readPhone: PhoneReader; readonly now: number },
): ReadEntries {
  const context = exactValues(now);
  const accounts: ExternalAccount[] = [];
  const rows: StagedRow[] = [];
  const refused: RefusedEntry[] = [];
  const byIdKey = new Map<string, ExternalAccount>();
  const byKey = new Map(told.map((account) => [account.key, account]));
  for (const [key, account] of byKey) {
    const idKey = sourceIdKey(source, key);
    const fault = keyFault(idKey, key);
    const { userName } = account;
    // An entry with such a key must not hide an account whose key looks the same.
    if (fault !== null) refused.push({ ...fault, key, userName });
    else if (idKey !== null) byIdKey.set(idKey, withWholeTimes(account));
  }
  for (const account of byIdKey.values()) {
    const { key, userName } = account;
    const read = readAccount(rows.length + 1, cellsOf(account), context);
    if ('reason' in read) {
      refused.push({ ...read, key, userName });
      continue;
    }
    accounts.push(account);
    rows.push(stageRow({ ...read, id: key }, source, readPhone));
  }
  return { accounts, rows, refused };
}
