import { randomUUID } from 'node:crypto';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { EndAccess } from '../identity/close-account.ts';
import { applyAccounts, closeAccounts, type Applied } from './apply-accounts.ts';
import { createFeedState } from './feed-state.ts';

/** Milliseconds between two reads of a directory's changes. */
const changesEvery = 5000;
/** Milliseconds until a read that failed is tried again. */
const retryAfter = 30_000;

export interface Feeds {
  /** Reads the directories whose turn it is: all accounts the first time, what has changed from then on. */
  readDue(): Promise<void>;
  /** Makes the next read one of all accounts. Throws `directory.not-found`, `directory.off` and `directory.reading`. */
  readAgain(directoryId: string): Promise<void>;
  /** Reads one account afresh. Answers whether its directory answered. */
  refresh(accountId: string): Promise<boolean>;
  /** Ends reads under way; what was committed of them stays. */
  stop(): void;
}

interface Collaborators {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
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

/** Keeps the index of accounts like the external directories. */
export function createFeeds(collaborators: Collaborators): Feeds {
  const { store, registry, policy, contactsChanged, endAccess, onUnexpected, now } = collaborators;
  /** Ends reads under way when the backend stops. */
  const stopping = new AbortController();
  const state = createFeedState(store, randomUUID(), now);
  /** When each directory is read next, by the monotonic clock, in milliseconds. */
  const due = new Map<string, number>();

  const apply = async (
    tx: Transaction,
    record: Parameters<typeof applyAccounts>[1],
    directory: ConfiguredDirectory,
    accounts: readonly ExternalAccount[],
  ): Promise<Applied> => {
    if (accounts.length === 0) return noChange;
    const { document } = await policy.current(tx);
    const { applied, contacts } = await applyAccounts(tx, record, directory, accounts, {
      phoneCountry: document.accounts.phoneCountry,
      now: now(),
    });
    await contactsChanged(tx, contacts);
    return applied;
  };

  /** Reads all accounts. The cursor is taken before, so that what changes meanwhile is read after. */
  const readAll = async (directory: ConfiguredDirectory, signal: AbortSignal): Promise<void> => {
    const { id, external } = directory;
    const { cursor } = await external.changesSince(null, signal);
    const started = now();
    let count = 0;
    let total = noChange;
    for await (const page of external.readAll(signal)) {
      count += page.length;
      await store.change(systemOrigin, async (tx, record) => {
        const applied = await apply(tx, record, directory, page);
        await state.renew(tx, id, count);
        await record({ action: 'directory.read', facts: { directory: id, accounts: count, ...applied } });
        total = sum(total, applied);
      });
    }
    await store.change(systemOrigin, async (tx, record) => {
      const closed = await closeAccounts(tx, record, endAccess, directory, { notReadSince: started }, now());
      await state.finish(tx, id, cursor, true);
      await record({
        action: 'directory.read',
        facts: { directory: id, complete: true, accounts: count, closed, ...total },
      });
    });
  };

  const readChanges = async (directory: ConfiguredDirectory, from: string, signal: AbortSignal) => {
    const { id, external } = directory;
    let cursor = from;
    for (let more = true; more;) {
      const changes = await external.changesSince(cursor, signal);
      ({ cursor, more } = changes);
      if (changes.accounts.length === 0 && changes.goneKeys.length === 0) {
        await store.writeUnaudited((tx) => state.finish(tx, id, cursor, false));
        continue;
      }
      await store.change(systemOrigin, async (tx, record) => {
        const applied = await apply(tx, record, directory, changes.accounts);
        const closed = await closeAccounts(
          tx,
          record,
          endAccess,
          directory,
          { keys: changes.goneKeys },
          now(),
        );
        await state.finish(tx, id, cursor, false);
        await record({ action: 'directory.read', facts: { directory: id, closed, ...applied } });
      });
    }
  };

  const read = async (directory: ConfiguredDirectory): Promise<void> => {
    const { id } = directory;
    if (!(await state.take(id))) return;
    const { signal } = stopping;
    try {
      const row = await state.row(id);
      await (row?.cursor == null ? readAll(directory, signal) : readChanges(directory, row.cursor, signal));
      due.set(id, performance.now() + changesEvery);
    } catch (thrown) {
      if (signal.aborted) return;
      due.set(id, performance.now() + retryAfter);
      const fault = thrown instanceof DirectoryFault ? thrown.code : 'answer-invalid';
      await state.fail(id, fault);
      if (!(thrown instanceof DirectoryFault)) onUnexpected('directory feed', thrown);
    }
  };

  return {
    async readDue() {
      for (const directory of await registry.all())
        if ((due.get(directory.id) ?? 0) <= performance.now()) await read(directory);
    },
    async readAgain(directoryId) {
      const { id } = await registry.open(directoryId);
      const row = await state.row(id);
      if ((row?.leased_until ?? 0) > now()) throw new Refusal('directory.reading');
      await state.restart(id);
      due.delete(id);
    },
    async refresh(accountId) {
      const account = await store.db
        .selectFrom('accounts')
        .select(['directory_id', 'source_id'])
        .where('id', '=', accountId)
        .executeTakeFirst();
      if (account?.directory_id == null) return true;
      const { directory_id: directoryId, source_id: key } = account;
      const directory = await registry.open(directoryId);
      const found = await directory.external.read(key ?? '').catch((thrown: unknown) => {
        if (thrown instanceof DirectoryFault) return undefined;
        throw thrown;
      });
      if (found === undefined) return false;
      await store.change(systemOrigin, async (tx, record) => {
        const facts = { directory: directoryId, one: true };
        if (found === null)
          await closeAccounts(tx, record, endAccess, directory, { keys: [key ?? ''] }, now());
        else await apply(tx, record, directory, [found]);
        await record({ action: 'directory.read', accountId, facts });
      });
      return true;
    },
    stop: () => {
      stopping.abort();
    },
  };
}
