import { randomUUID } from 'node:crypto';
import { DirectoryFault, orOnFault } from '../../directories/external/directory-fault.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import { Refusal } from '../../refusal.ts';
import { createFeedState } from './feed-state.ts';
import { createReadDirectory, type ReadDirectoryCollaborators } from './read-directory.ts';

/** Milliseconds from the end of one read of a directory's changes to the next read. */
const defaultChangesEvery = 5000;
/** Milliseconds until a read that failed is tried again. */
const retryAfter = 30_000;

export interface Feeds {
  /**
   * Starts to read the directories that are due: all accounts the first time, only changes from then on, `changesEvery` milliseconds after the last
   * read. Does not wait for the reads.
   */
  readDue(changesEvery?: number): Promise<void>;
  /** Makes the next read one of all accounts. Throws `directory.not-found`, `directory.off` and `directory.reading`. */
  readAgain(directoryId: string): Promise<void>;
  /** Reads one account again. Returns whether its directory responded. */
  refresh(accountId: string): Promise<boolean>;
  /** Ends running reads, and waits for their end. What they committed stays. */
  stop(): Promise<void>;
}

interface Collaborators extends ReadDirectoryCollaborators {
  readonly registry: DirectoryRegistry;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/** Keeps the index of accounts up to date with the external directories. */
export function createFeeds(collaborators: Collaborators): Feeds {
  const { store, registry, onUnexpected, now } = collaborators;
  /** Aborts running reads when the backend stops. */
  const stopping = new AbortController();
  const state = createFeedState(store, randomUUID(), now);
  const { readAll, readChanges, applyOne } = createReadDirectory({ ...collaborators, state });
  /** When each directory is read next, by the monotonic clock, in milliseconds. */
  const due = new Map<string, number>();
  /** The running reads by directory, so that a slow or silent directory does not delay the others. */
  const running = new Map<string, Promise<void>>();

  const read = async (directory: ConfiguredDirectory, changesEvery: number): Promise<void> => {
    const { id } = directory;
    if (!(await state.take(id))) return;
    const { signal } = stopping;
    try {
      const row = await state.row(id);
      const { cursor = null, allowed_until = null } = row ?? {};
      const begun = { cursor, allowed_until };
      await (cursor === null ? readAll(directory, begun, signal) : readChanges(directory, begun, signal));
      due.set(id, performance.now() + changesEvery);
    } catch (thrown) {
      if (signal.aborted) {
        // Another backend, or this one after its restart, continues at once.
        await state.release(id);
        return;
      }
      const current = await state.row(id);
      if (current?.enabled !== 1) {
        // An administrator has paused the read. It continues once the directory is on.
        due.delete(id);
        await state.release(id);
        return;
      }
      due.set(id, performance.now() + retryAfter);
      const fault = thrown instanceof DirectoryFault ? thrown.code : 'answer-invalid';
      await state.fail(id, fault);
      if (!(thrown instanceof DirectoryFault)) onUnexpected('directory feed', thrown);
    }
  };

  return {
    async readDue(changesEvery = defaultChangesEvery) {
      for (const directory of await registry.all()) {
        const { id } = directory;
        const isDue = (due.get(id) ?? 0) <= performance.now();
        if (!isDue || running.has(id) || stopping.signal.aborted) continue;
        const reading = read(directory, changesEvery)
          .catch((thrown: unknown) => {
            onUnexpected('directory feed', thrown);
          })
          .finally(() => running.delete(id));
        running.set(id, reading);
      }
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
      const orNull = (thrown: unknown) => {
        if (thrown instanceof Refusal) return null;
        throw thrown;
      };
      const directory = await registry.open(directoryId).catch(orNull);
      // One that was switched off or removed is not read: what is known of the account stays.
      if (directory === null) return true;
      const found = await orOnFault(directory.external.read(key ?? ''), undefined);
      if (found === undefined) return false;
      await applyOne(directory, accountId, key ?? '', found).catch(orNull);
      return true;
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
