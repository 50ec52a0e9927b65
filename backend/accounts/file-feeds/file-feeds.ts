import type { Readable } from 'node:stream';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AccountSourcesTable } from '../../store/tables.ts';
import type { Imports } from '../import/imports.ts';
import { feedRow } from '../sources/feed-view.ts';
import type { DroppedFile, DropFolder } from './drop-folder.ts';
import { createNoteRead } from './note-read.ts';
import { createReadFile } from './read-file.ts';
import { createReadFiles } from './read-files.ts';

/** The files that sources drop in their folder or upload. */
export interface FileFeeds {
  /** Reads the new files one after the other. */
  readDue(): Promise<void>;
  /**
   * Stores an uploaded file until it is read, and answers its name in the folder. Throws `account-source.no-files` if the source's files are not
   * read.
   */
  keep(
    source: AccountSourcesTable,
    upload: { readonly name: string; readonly bytes: Readable; readonly tokenId: string },
    origin: Origin,
  ): Promise<string>;
}

/** Milliseconds for which one backend reserves the files of a source. */
const leaseMs = 30 * 60_000;

export function createFileFeeds({
  store,
  imports,
  folder,
  changesHeld,
  onUnexpected,
  now,
}: {
  readonly store: Store;
  readonly imports: Imports;
  readonly folder: DropFolder;
  /** Queues the mails to the administrators within the transaction: a file of this source waits, because it would change very many accounts. */
  readonly changesHeld: (tx: Transaction, source: Pick<AccountSourcesTable, 'name'>) => Promise<void>;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  readonly now: () => number;
}): FileFeeds {
  const readFile = createReadFile({ folder, imports });
  const { lease, isRead, digestOf } = createReadFiles({ store, folder, onUnexpected, now });

  const { note, noteUnreadable, noteFolder } = createNoteRead({ store, changesHeld, now });

  /** The files of a source that have settled; none if its folder cannot be listed, which is logged once. */
  const settledFiles = async (sourceId: string): Promise<readonly DroppedFile[]> => {
    try {
      const files = await folder.settled(sourceId);
      await noteFolder(sourceId, true);
      return files;
    } catch (thrown) {
      if ((thrown as { readonly syscall?: unknown } | null)?.syscall === undefined) throw thrown;
      if (await noteFolder(sourceId, false)) onUnexpected('file feed', thrown);
      return [];
    }
  };

  /** Reads the new files in the order of their times, so that the newest content is the last. */
  const readSource = async (source: AccountSourcesTable, complete: boolean): Promise<void> => {
    let isLeased = false;
    try {
      for (const file of await settledFiles(source.id)) {
        const digest = await digestOf(file);
        if (digest === 'unreadable') await noteUnreadable(source, file);
        if (digest === null || digest === 'unreadable') continue;
        if (await isRead(source.id, file, digest)) continue;
        const isFirst = !isLeased;
        // Renewed for each file, because many large files take longer than one lease.
        isLeased = await lease(source.id, now() + leaseMs);
        if (!isLeased) return;
        // Another backend may have read the file before it released the lease.
        if (isFirst && (await isRead(source.id, file, digest))) continue;
        const outcome = await readFile(file, { name: source.name, complete });
        if (outcome.kind === 'later') return;
        // A file that was still being written is read again once it is complete.
        if (outcome.kind === 'refused' && outcome.fault === 'changed-while-read') continue;
        await note(source, file, digest, outcome);
      }
    } finally {
      if (isLeased) await lease(source.id, null);
    }
  };

  return {
    async readDue() {
      const sources = await store.db
        .selectFrom('account_sources')
        .innerJoin('source_feeds', 'source_feeds.source_id', 'account_sources.id')
        .selectAll('account_sources')
        .select('source_feeds.complete')
        .where('account_sources.removed_at', 'is', null)
        .where('source_feeds.enabled', '=', 1)
        .orderBy('account_sources.name')
        .execute();
      for (const { complete, ...source } of sources)
        await readSource(source, complete === 1).catch((thrown: unknown) => {
          onUnexpected('file feed', thrown);
        });
    },
    async keep(source, { name, bytes, tokenId }, origin) {
      if (!(await feedRow(store, source.id)).enabled) throw new Refusal('account-source.no-files');
      const kept = await folder.keep(source.id, name, bytes);
      await store.change(origin, (_tx, record) =>
        record({
          action: 'source.file-uploaded',
          facts: { source: source.id, name: source.name, token: tokenId, fileName: kept },
        }),
      );
      return kept;
    },
  };
}
