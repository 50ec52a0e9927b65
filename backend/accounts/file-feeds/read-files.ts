import { randomUUID } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import { isMissing, type DropFolder, type DroppedFile } from './drop-folder.ts';

/** The maximum number of digests kept in memory. */
const maxKnown = 1000;

/** Knows which files of a source were read, and reserves a source for one backend. */
export function createReadFiles({
  store,
  folder,
  onUnexpected,
  now,
}: {
  readonly store: Store;
  readonly folder: DropFolder;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  readonly now: () => number;
}) {
  const worker = randomUUID();
  /** Digests by the path, size and time of change of files, so that their content is not read at each poll; null for a file that could not be read. */
  const known = new Map<string, string | null>();

  /** Reserves the source until that time in milliseconds, or ends the reservation with null. False if another backend has reserved it. */
  const lease = async (sourceId: string, until: number | null): Promise<boolean> => {
    const taken = await store.writeUnaudited((tx) =>
      tx
        .updateTable('source_feeds')
        .set({ leased_by: until === null ? null : worker, leased_until: until })
        .where('source_id', '=', sourceId)
        .where((where) =>
          where.or([
            where('leased_until', 'is', null),
            where('leased_until', '<=', now()),
            where('leased_by', '=', worker),
          ]),
        )
        .executeTakeFirst(),
    );
    return taken.numUpdatedRows === 1n;
  };

  const keyOf = ({ path, size, changedAt }: DroppedFile): string => `${path} ${size} ${changedAt}`;

  /** Null if the file was removed, `unreadable` if it cannot be read. That is logged once for each state of the file, and tried again at each poll. */
  const digestOf = async (file: DroppedFile): Promise<string | null> => {
    const key = keyOf(file);
    const stored = known.get(key);
    if (typeof stored === 'string') return stored;
    let digest: string | null = null;
    try {
      digest = await folder.digest(file);
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      if (stored === undefined) onUnexpected('file feed', thrown);
    }
    if (known.size > maxKnown) known.clear();
    known.set(key, digest);
    return digest ?? 'unreadable';
  };

  /**
   * Whether a file was read. Earlier content in a newer file is read again, because the system has returned to it, unless that content was the last
   * one that was read. The time of the file is stored then, so that it still counts as read after other files.
   */
  const isRead = async (sourceId: string, file: DroppedFile, digest: string): Promise<boolean> => {
    const runs = store.db
      .selectFrom('feed_runs')
      .where('source_id', '=', sourceId)
      .where((where) => where.or([where('fault', 'is', null), where('fault', '!=', 'unreadable')]))
      .orderBy('at', 'desc');
    const same = await runs
      .select(['id', 'file_changed_at'])
      .where('digest', '=', digest)
      .limit(1)
      .executeTakeFirst();
    if (same === undefined) return false;
    const changedAt = Math.trunc(file.changedAt);
    if (same.file_changed_at === null || changedAt <= same.file_changed_at) return true;
    const last = await runs.select('id').limit(1).executeTakeFirst();
    if (last?.id !== same.id) return false;
    await store.writeUnaudited((tx) =>
      tx.updateTable('feed_runs').set({ file_changed_at: changedAt }).where('id', '=', same.id).execute(),
    );
    return true;
  };

  return { lease, digestOf, isRead };
}
