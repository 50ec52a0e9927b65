import { isUsableKey } from '../../directories/external/account-key.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import { orIfInvalid } from '../../directories/external/directory-fault.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import { sourceIdKey } from '../../text/source-id.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import type { RowPlan } from '../import/analyse-rows.ts';
import { stagedRowOf } from '../import/list-held-rows.ts';
import { heldKeyOf } from '../import/open-holds.ts';
import type { Gone } from './gone.ts';
import { piecesOf } from './pieces.ts';
import type { RefusedEntry } from './read-entries.ts';

/** Held accounts that are read again after one read of a directory. */
const maxSettled = 100;
/** Keys or held rows in one query. */
const keysAtOnce = 500;

const openHolds = (db: Store['db'], source: string) =>
  db.selectFrom('held_rows').where('held_rows.source', '=', source).where('held_rows.state', '=', 'open');

async function drop(tx: Transaction, ids: readonly string[], at: number, reason: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('held_rows')
    .set({ state: 'dropped', decided_at: at, decision_reason: reason })
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .execute();
}

/** The keys of entries as held rows have them. Of those that cannot be stored nothing is held, and a database would refuse to look for them. */
const idKeysOf = (source: string, keys: readonly string[]): string[] =>
  keys.filter(isUsableKey).flatMap((key) => sourceIdKey(source, key) ?? []);

/** Drops what was held about accounts that no longer say so: an administrator could still decide about them. What is held now stays. */
export async function dropHolds(
  tx: Transaction,
  source: string,
  {
    applied,
    refused,
    now,
  }: {
    readonly applied: readonly RowPlan[];
    readonly refused: readonly RefusedEntry[];
    readonly now: number;
  },
): Promise<void> {
  const current = new Map<string, string | null>(
    idKeysOf(
      source,
      refused.map(({ key }) => key),
    ).map((idKey) => [idKey, null]),
  );
  for (const { kind, row, hold } of applied)
    if (row.source_id_key !== null)
      current.set(
        row.source_id_key,
        kind === 'held' ? heldKeyOf(row, source, hold?.reason ?? 'rows-contradict') : null,
      );
  const settled: string[] = [];
  for (const keys of piecesOf([...current.keys()], keysAtOnce)) {
    const holds = await openHolds(tx, source)
      .select(['id', 'row_key', 'source_id_key'])
      .where('source_id_key', 'in', keys)
      .execute();
    for (const { id, row_key: rowKey, source_id_key: key } of holds)
      if (current.get(key ?? '') !== rowKey) settled.push(id);
  }
  await drop(tx, settled, now, 'The directory no longer contradicts it');
}

/** Drops what was held about entries that a list of the directory shows to be gone. */
export async function dropGoneHolds(
  tx: Transaction,
  source: string,
  { keys = [], presentKeys }: Gone,
  now: number,
): Promise<void> {
  const gone: string[] = [];
  for (const piece of piecesOf(idKeysOf(source, keys), keysAtOnce)) {
    const holds = await openHolds(tx, source).select('id').where('source_id_key', 'in', piece).execute();
    gone.push(...holds.map(({ id }) => id));
  }
  for (let last = presentKeys === undefined ? null : ''; last !== null;) {
    const page = await openHolds(tx, source)
      .select(['id', 'source_id'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(keysAtOnce)
      .execute();
    for (const { id, source_id: key } of page)
      if (key !== null && presentKeys?.has(key) === false) gone.push(id);
    last = page.at(-1)?.id ?? null;
  }
  for (const ids of piecesOf(gone, keysAtOnce))
    await drop(tx, ids, now, 'The directory no longer has the account');
}

/** An account that was held because another one has its user name. */
interface Claim {
  readonly holdId: string;
  readonly rowKey: string;
  readonly key: string;
  readonly userNameKey: string;
  readonly holder: AccountRow;
}

interface SettleCollaborators {
  readonly store: Store;
  readonly endAccess: EndAccess;
  /** Applies accounts that were read. */
  readonly apply: (
    tx: Transaction,
    record: RecordEvent,
    directory: ConfiguredDirectory,
    accounts: readonly ExternalAccount[],
  ) => Promise<unknown>;
  readonly now: () => number;
}

/**
 * Settles what was held because of a user name by asking the directory, which knows who has it now. If the former holder has another name, or is gone, the
 * entry that has the name is the account of another person. If both have it, an administrator decides.
 */
export function createSettleHolds({ store, endAccess, apply, now }: SettleCollaborators) {
  /** When each account was tried last, in milliseconds. */
  const tried = new Map<string, number>();
  /** Directories of which nothing is left to try until a read changes something. */
  const settled = new Set<string>();

  /** The accounts to ask the directory about, with those that had their user names: what was held since the last call, or whose former holder has changed since. */
  async function due({ id }: ConfiguredDirectory): Promise<readonly Claim[]> {
    const open = await openHolds(store.db, id)
      .innerJoin('accounts', 'accounts.id', 'held_rows.account_id')
      .select(['held_rows.id', 'held_rows.row_key', 'held_rows.held_at'])
      .select(['accounts.updated_at', 'accounts.closed_at'])
      .where('accounts.directory_id', '=', id)
      .where('held_rows.reason', 'in', ['id-differs', 'user-name-taken'])
      .where('held_rows.source_id', 'is not', null)
      .orderBy('held_rows.held_at', 'desc')
      .execute();
    const isDue = (hold: (typeof open)[number]) =>
      (tried.get(hold.row_key) ?? -1) < Math.max(hold.held_at, hold.updated_at, hold.closed_at ?? 0);
    const ids = open
      .filter(isDue)
      .slice(0, maxSettled)
      .map((hold) => hold.id);
    if (ids.length === 0) return [];
    const holds = await openHolds(store.db, id).selectAll().where('held_rows.id', 'in', ids).execute();
    const holderIds = [...new Set(holds.flatMap((hold) => hold.account_id ?? []))];
    const accounts = await store.db.selectFrom('accounts').selectAll().where('id', 'in', holderIds).execute();
    const holders = new Map(accounts.map((account) => [account.id, account]));
    return holds.flatMap((hold) => {
      const { source_id: key, user_name_key: userNameKey } = stagedRowOf(hold);
      const holder = holders.get(hold.account_id ?? '');
      return key === null || holder === undefined
        ? []
        : [{ holdId: hold.id, rowKey: hold.row_key, key, userNameKey, holder }];
    });
  }

  async function settle(directory: ConfiguredDirectory, claims: readonly Claim[]): Promise<void> {
    /** Undefined if the directory cannot tell. */
    const found = new Map<string, ExternalAccount | null | undefined>();
    for (const { key, holder } of claims)
      for (const each of [holder.source_id ?? key, key])
        if (!found.has(each)) found.set(each, await orIfInvalid(directory.external.read(each), undefined));
    const isGone = (key: string | null) => key === null || found.get(key) === null;
    await store.change(systemOrigin, async (tx, record) => {
      const left = claims.filter(({ key }) => isGone(key)).map(({ holdId }) => holdId);
      await drop(tx, left, now(), 'The directory no longer has the account');
      const facts = { directory: directory.id, why: 'user-name-given-on' };
      const closed = new Set<string>();
      for (const { key, userNameKey, holder } of claims) {
        if (isGone(key) || !isGone(holder.source_id) || holder.user_name_key !== userNameKey) continue;
        if (closed.has(holder.id)) continue;
        closed.add(holder.id);
        await closeAndRename(tx, record, endAccess, { account: holder, at: now(), facts });
      }
      await apply(
        tx,
        record,
        directory,
        [...found.values()].filter((account) => account != null),
      );
      await record({ action: 'directory.read', facts: { directory: directory.id, settles: claims.length } });
    });
    for (const { rowKey } of claims) tried.set(rowKey, now());
  }

  /** `hasChanged`: the read before has applied or closed accounts. */
  return async (directory: ConfiguredDirectory, hasChanged: boolean): Promise<void> => {
    if (!hasChanged && settled.has(directory.id)) return;
    settled.delete(directory.id);
    const claims = await due(directory);
    if (claims.length > 0) await settle(directory, claims);
    if (claims.length < maxSettled) settled.add(directory.id);
  };
}
