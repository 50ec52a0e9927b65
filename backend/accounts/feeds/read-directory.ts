import { setImmediate } from 'node:timers/promises';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import { settleWords } from '../../store/words-index.ts';
import type { EndAccess } from '../identity/close-account.ts';
import { applyAccounts, closeKey, type Applied } from './apply-accounts.ts';
import { forgetOldChanges, settleHeldChanges } from './brake-changes.ts';
import { createCloseGone } from './close-gone.ts';
import { piecesOf } from './pieces.ts';
import { createSettleHolds } from './settle-holds.ts';
import { withoutEqualAnswers } from './equal-answers.ts';
import { keepPosition, keysReadSince, newRead, unfinishedReadOf } from './unfinished-read.ts';
import type { BegunRead, createFeedState } from './feed-state.ts';

export interface ReadDirectoryCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  /** Queues the mails to the administrators within the transaction: a directory changes so many accounts that they must decide. */
  readonly changesHeld: (tx: Transaction, directory: { readonly name: string }) => Promise<void>;
  /** Queues the mails to the administrators within the transaction: so many accounts are gone that they must decide. */
  readonly closuresHeld: (tx: Transaction, directory: { readonly name: string }) => Promise<void>;
  readonly now: () => number;
}

const noChange: Applied = { created: 0, changed: 0, unchanged: 0, held: 0, refused: 0 };
const sum = (one: Applied, other: Applied): Applied => ({
  created: one.created + other.created,
  changed: one.changed + other.changed,
  unchanged: one.unchanged + other.unchanged,
  held: one.held + other.held,
  refused: one.refused + other.refused,
});

/**
 * Accounts of one transaction, for which other writers wait: of a read of all accounts, and of changes, during which operators work. So few of these keep
 * the process from requests for two or three milliseconds.
 */
const [accountsAtOnce, changesAtOnce] = [100, 25];

/** Reads accounts of an external directory and applies them to the index, in transactions of a page each. */
export function createReadDirectory({
  store,
  policy,
  contactsChanged,
  endAccess,
  closuresHeld,
  changesHeld,
  state,
  now,
}: ReadDirectoryCollaborators & { readonly state: ReturnType<typeof createFeedState> }) {
  const readOf = (id: string, since: number) => (keys: readonly string[]) =>
    keysReadSince(store, id, keys, since);
  const closeGone = createCloseGone({ store, policy, endAccess, closuresHeld, renew: state.hold, now });
  /** Throws `directory.not-found` if the directory was removed after the accounts were read: they would be opened again. */
  const apply = async (
    tx: Transaction,
    record: RecordEvent,
    directory: ConfiguredDirectory,
    accounts: readonly ExternalAccount[],
  ): Promise<Applied> => {
    if (accounts.length === 0) return noChange;
    const removed = await tx
      .selectFrom('directories')
      .select('id')
      .where('id', '=', directory.id)
      .where('removed_at', 'is not', null)
      .executeTakeFirst();
    if (removed !== undefined) throw new Refusal('directory.not-found');
    const { document } = await policy.current(tx);
    const { applied, contacts } = await applyAccounts(tx, record, directory, accounts, {
      policy: document.accounts,
      changesHeld,
      now: now(),
    });
    await contactsChanged(tx, contacts);
    return applied;
  };

  const settleHolds = createSettleHolds({ store, endAccess, apply, now });

  /** The read of all accounts that was interrupted, or a new one. The cursor is from before its first page, so that the next read of changes includes those made in the meantime. */
  const beginOrContinue = async ({ id, external }: ConfiguredDirectory, signal: AbortSignal) => {
    const row = await state.row(id);
    const unfinished = row === undefined ? null : unfinishedReadOf(row, now());
    if (row !== undefined && unfinished !== null)
      return { read: unfinished, count: row.accounts_read, isContinued: true };
    const since = now();
    const { cursor } = await external.changesSince(null, signal);
    const read = newRead(row ?? { settings: '' }, { since, cursor });
    await state.begin(id, read);
    return { read, count: 0, isContinued: false };
  };

  /** Reads all accounts, or those that an interrupted read has not read. */
  const readAll = async (
    directory: ConfiguredDirectory,
    begun: BegunRead,
    signal: AbortSignal,
  ): Promise<void> => {
    const { id, external } = directory;
    const { isContinued, ...begunRead } = await beginOrContinue(directory, signal);
    let { read, count } = begunRead;
    const interrupted = isContinued ? { position: read.position, readOf: readOf(id, read.since) } : undefined;
    let total = noChange;
    for await (const { accounts, position } of external.readAll(signal, interrupted)) {
      const pieces = piecesOf(accounts, accountsAtOnce);
      for (const [at, piece] of pieces.entries()) {
        count += piece.length;
        if (at === pieces.length - 1) read = { ...read, position };
        await setImmediate();
        await store.change(systemOrigin, async (tx, record) => {
          const applied = await apply(tx, record, directory, piece);
          await state.renew(tx, id, count);
          await keepPosition(tx, id, read);
          await record({ action: 'directory.read', facts: { directory: id, accounts: count, ...applied } });
          total = sum(total, applied);
        });
      }
    }
    const { cursor } = read;
    const closed = await closeGone(directory, { notReadSince: read.since });
    await store.change(systemOrigin, async (tx, record) => {
      await state.finish(tx, id, { cursor, begun, isWhole: true });
      const { document } = await policy.current(tx);
      await forgetOldChanges(tx, id, now());
      if (await settleHeldChanges(tx, id, read.since, { policy: document.accounts, now: now() }))
        await state.readAllNext(tx, id);
      await settleWords(tx);
      await record({
        action: 'directory.read',
        facts: { directory: id, complete: true, accounts: count, closed, ...total },
      });
    });
    await settleHolds(directory, true);
  };

  /** Reads what has changed since the cursor of `begun`, or all accounts if the directory no longer knows it. */
  const readChanges = async (
    directory: ConfiguredDirectory,
    begun: BegunRead,
    signal: AbortSignal,
  ): Promise<void> => {
    const { id, external } = directory;
    const { allowed_until } = begun;
    let before = begun.cursor;
    let hasChanged = false;
    const finish = async (tx: Transaction, cursor: string) => {
      await state.finish(tx, id, { cursor, begun: { cursor: before, allowed_until } });
      before = cursor;
    };
    for (let more = true; more;) {
      const changes = await external.changesSince(before, signal);
      if (changes.isLost === true) return readAll(directory, begun, signal);
      const { cursor } = changes;
      ({ more } = changes);
      const { goneKeys: keys, presentKeys } = changes;
      const accounts = await withoutEqualAnswers(store, id, changes.accounts);
      if (accounts.length === 0 && keys.length === 0 && presentKeys === undefined) {
        await store.writeUnaudited((tx) => finish(tx, cursor));
        continue;
      }
      const pieces = piecesOf(accounts, changesAtOnce);
      for (const piece of pieces.slice(0, -1)) {
        await setImmediate();
        await store.change(systemOrigin, async (tx, record) => {
          const applied = await apply(tx, record, directory, piece);
          await state.hold(tx, id);
          await record({ action: 'directory.read', facts: { directory: id, ...applied } });
        });
      }
      const closed = await closeGone(directory, { keys, presentKeys });
      hasChanged ||= accounts.length > 0 || closed > 0;
      if (accounts.length === 0 && closed === 0) {
        await store.writeUnaudited((tx) => finish(tx, cursor));
        continue;
      }
      // The cursor moves with the last piece: after a crash before, the others are read again and change nothing.
      await store.change(systemOrigin, async (tx, record) => {
        const applied = await apply(tx, record, directory, pieces.at(-1) ?? []);
        await finish(tx, cursor);
        await record({ action: 'directory.read', facts: { directory: id, closed, ...applied } });
      });
    }
    await settleHolds(directory, hasChanged);
  };

  /** Applies one account that was just read; closes it if the directory no longer has it. Throws `directory.not-found` if the directory was removed. */
  const applyOne = (
    directory: ConfiguredDirectory,
    accountId: string,
    key: string,
    found: ExternalAccount | null,
  ): Promise<void> =>
    store.change(systemOrigin, async (tx, record) => {
      if (found === null) await closeKey(tx, record, endAccess, directory, key, now());
      else await apply(tx, record, directory, [found]);
      await record({ action: 'directory.read', accountId, facts: { directory: directory.id, one: true } });
    });

  return { readAll, readChanges, applyOne };
}
