import { setImmediate } from 'node:timers/promises';
import type { ImportCounts } from '../../../shared/api/import-view.ts';
import { isUsableKey } from '../../directories/external/account-key.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import { orIfInvalid } from '../../directories/external/directory-fault.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';
import { closeAccount, type EndAccess } from '../identity/close-account.ts';
import { massChangesOf } from '../import/mass-change.ts';
import type { Gone } from './gone.ts';
import { piecesOf } from './pieces.ts';
import { forgetGone } from './refused-entries.ts';
import { dropGoneHolds } from './settle-holds.ts';

interface Missing {
  readonly id: string;
  readonly key: string;
  /** The directory has named it; otherwise it was absent from a list. */
  readonly isNamed: boolean;
}

/** Closures of an hour count together. */
const windowMs = 3_600_000;
/** Keys in one query. */
const keysAtOnce = 500;
/** Accounts of the index that are compared at once, while requests wait. */
const comparedAtOnce = 500;
/** Accounts that are closed in one transaction, for which other writers wait. */
const closedAtOnce = 100;
/** Accounts that are read one by one to confirm that they are gone. If more are missing, a list did not lose them by chance. */
const maxConfirmed = 200;
const noCounts: ImportCounts = { contact: 0, tier: 0, manager: 0, status: 0, closed: 0 };

/**
 * Closes accounts that are gone from their directory. If they are so many that a lost right or a changed scope may be the reason, they stay open until
 * an administrator decides.
 */
export function createCloseGone({
  store,
  policy,
  endAccess,
  closuresHeld,
  renew,
  now,
}: {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly endAccess: EndAccess;
  /** Queues the mails to the administrators within the transaction. */
  readonly closuresHeld: (tx: Transaction, directory: { readonly name: string }) => Promise<void>;
  /** Renews the lease of the read within the transaction. */
  readonly renew: (tx: Transaction, directoryId: string) => Promise<unknown>;
  readonly now: () => number;
}) {
  const openOf = (source: string) =>
    store.db
      .selectFrom('accounts')
      .select(['accounts.id', 'accounts.source_id'])
      .where('accounts.directory_id', '=', source)
      .where('closed_at', 'is', null);

  async function find(source: string, { keys = [], presentKeys, notReadSince }: Gone): Promise<Missing[]> {
    const missing = new Map<string, Missing>();
    const add = (rows: readonly { id: string; source_id: string | null }[], isNamed: boolean) => {
      for (const { id, source_id: key } of rows)
        if (key !== null && !missing.has(id)) missing.set(id, { id, key, isNamed });
    };
    for (const piece of piecesOf(keys.filter(isUsableKey), keysAtOnce)) {
      add(await openOf(source).where('source_id', 'in', piece).execute(), true);
    }
    if (presentKeys === undefined && notReadSince === undefined) return [...missing.values()];
    for (let last = ''; ;) {
      const page = await openOf(source)
        .leftJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
        .select('directory_accounts.read_at')
        .where('source_id', '>', last)
        .orderBy('source_id')
        .limit(comparedAtOnce)
        .execute();
      const isAbsent = ({ source_id: key, read_at: readAt }: (typeof page)[number]) =>
        presentKeys?.has(key ?? '') === false ||
        (notReadSince !== undefined && (readAt ?? now()) < notReadSince);
      add(page.filter(isAbsent), false);
      last = page.at(-1)?.source_id ?? '';
      if (last === '') break;
      // Requests of operators come between two pages.
      await setImmediate();
    }
    return [...missing.values()];
  }

  /** Without the accounts that the directory has after all: a list in pages may miss one that moves meanwhile. */
  async function confirm({ external }: ConfiguredDirectory, missing: readonly Missing[]): Promise<Missing[]> {
    if (missing.filter(({ isNamed }) => !isNamed).length > maxConfirmed) return [...missing];
    const gone: Missing[] = [];
    for (const each of missing)
      if (each.isNamed || (await orIfInvalid(external.read(each.key), undefined)) === null) gone.push(each);
    return gone;
  }

  async function isMass(source: string, count: number): Promise<boolean> {
    if (count === 0) return false;
    const counted = (await store.db
      .selectFrom('accounts')
      .select((of) => of.fn.countAll().as('count'))
      .where('directory_id', '=', source)
      .where('closed_at', '>', now() - windowMs)
      .executeTakeFirstOrThrow()) as { readonly count: number | string | bigint };
    const total = await store.db
      .selectFrom('accounts')
      .select((of) => of.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    const { document } = await policy.current();
    const counts = { ...noCounts, closed: count + Number(counted.count) };
    return massChangesOf(counts, 0, Number(total.count), document.accounts).length > 0;
  }

  /** Whether the closures wait for a decision; notes it, and tells the administrators when that begins. */
  async function isHeld(
    { id, name }: ConfiguredDirectory,
    count: number,
    isWhole: boolean,
  ): Promise<boolean> {
    const { held_since: since, allowed_until: until } = await store.db
      .selectFrom('directories')
      .select(['held_since', 'allowed_until'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const note = (tx: Transaction, values: Partial<DirectoriesTable>) =>
      tx.updateTable('directories').set(values).where('id', '=', id).execute();
    const isMassClosure = (until ?? 0) <= now() && (await isMass(id, count));
    // After a comparison of all accounts, nothing is left to decide.
    if (!isMassClosure && since !== null && isWhole)
      await store.writeUnaudited((tx) => note(tx, { held_since: null, held_closures: null }));
    if (isMassClosure && since !== null)
      await store.writeUnaudited((tx) => note(tx, { held_closures: count }));
    if (isMassClosure && since === null)
      await store.change(systemOrigin, async (tx, record) => {
        await note(tx, { held_since: now(), held_closures: count });
        await record({ action: 'directory.closures-held', facts: { directory: id, name, accounts: count } });
        await closuresHeld(tx, { name });
      });
    return isMassClosure;
  }

  /** Ends what is kept about entries that are not in the index and are gone as well. */
  async function forget(id: string, gone: Gone): Promise<void> {
    const [refused, held] = await Promise.all([
      store.db
        .selectFrom('directory_refused_entries')
        .select('entry')
        .where('directory_id', '=', id)
        .limit(1)
        .execute(),
      store.db
        .selectFrom('held_rows')
        .select('id')
        .where('source', '=', id)
        .where('state', '=', 'open')
        .limit(1)
        .execute(),
    ]);
    if (refused.length === 0 && held.length === 0) return;
    await store.writeUnaudited(async (tx) => {
      await forgetGone(tx, id, gone);
      await dropGoneHolds(tx, id, gone, now());
    });
  }

  return async (directory: ConfiguredDirectory, gone: Gone): Promise<number> => {
    const missing = await confirm(directory, await find(directory.id, gone));
    await forget(directory.id, gone);
    const isWhole = gone.presentKeys !== undefined || gone.notReadSince !== undefined;
    if (await isHeld(directory, missing.length, isWhole)) return 0;
    for (const piece of piecesOf(missing, closedAtOnce))
      await store.change(systemOrigin, async (tx, record) => {
        for (const account of piece)
          await closeAccount(tx, record, endAccess, {
            account,
            at: now(),
            facts: { directory: directory.id, why: 'missing' },
          });
        await renew(tx, directory.id);
      });
    return missing.length;
  };
}
