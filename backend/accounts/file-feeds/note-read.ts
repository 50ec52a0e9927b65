import { randomUUID } from 'node:crypto';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AccountSourcesTable } from '../../store/tables.ts';
import type { DroppedFile } from './drop-folder.ts';
import type { FileOutcome } from './read-file.ts';

const countsOf = (outcome: FileOutcome) => {
  if (outcome.kind !== 'imported' && outcome.kind !== 'waiting') return {};
  const { rows, created, changed, held, closed, refused } = outcome.import;
  return { rows, created, changed, held, closed, refused };
};

/** Records that a file was read, with its outcome. */
export function createNoteRead({
  store,
  changesHeld,
  now,
}: {
  readonly store: Store;
  readonly changesHeld: (tx: Transaction, source: Pick<AccountSourcesTable, 'name'>) => Promise<void>;
  readonly now: () => number;
}) {
  const note = (
    { id, name }: Pick<AccountSourcesTable, 'id' | 'name'>,
    file: DroppedFile,
    digest: string,
    outcome: Exclude<FileOutcome, { kind: 'later' }>,
  ): Promise<void> => {
    const fault = outcome.kind === 'refused' ? outcome.fault : null;
    const importId = outcome.kind === 'refused' ? outcome.importId : outcome.import.id;
    return store.change(systemOrigin, async (tx, record) => {
      const { last } = await tx
        .selectFrom('feed_runs')
        .select((of) => of.fn.max('at').as('last'))
        .where('source_id', '=', id)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('feed_runs')
        .values({
          id: randomUUID(),
          source_id: id,
          file_name: file.name,
          digest,
          file_changed_at: Math.trunc(file.changedAt),
          // Two files within a millisecond keep their order.
          at: Math.max(now(), Number(last ?? 0) + 1),
          import_id: importId,
          fault,
        })
        .execute();
      await record({
        action: 'source.file-read',
        outcome: fault === null ? 'done' : 'failed',
        facts: {
          source: id,
          name,
          fileName: file.name,
          digest,
          what: outcome.kind,
          ...(importId !== null && { importId }),
          ...(fault !== null && { fault }),
          ...countsOf(outcome),
        },
      });
      if (outcome.kind === 'waiting') await changesHeld(tx, { name });
    });
  };

  /** Notes once for each state of a file that it cannot be read, so that its source shows it. */
  const noteUnreadable = async (source: AccountSourcesTable, file: DroppedFile): Promise<void> => {
    const state = `unreadable ${file.name} ${file.size} ${file.changedAt}`;
    const isNoted = await store.db
      .selectFrom('feed_runs')
      .select('id')
      .where('source_id', '=', source.id)
      .where('digest', '=', state)
      .limit(1)
      .executeTakeFirst();
    if (isNoted === undefined)
      await note(source, file, state, { kind: 'refused', fault: 'unreadable', importId: null });
  };

  /** Notes whether the folder of a source can be listed, so that its source shows it. Answers whether that has changed. */
  const noteFolder = async (sourceId: string, isListed: boolean): Promise<boolean> => {
    const row = await store.db
      .selectFrom('source_feeds')
      .select('unlisted_since')
      .where('source_id', '=', sourceId)
      .executeTakeFirst();
    if (row === undefined || (row.unlisted_since === null) === isListed) return false;
    await store.writeUnaudited((tx) =>
      tx
        .updateTable('source_feeds')
        .set({ unlisted_since: isListed ? null : now() })
        .where('source_id', '=', sourceId)
        .execute(),
    );
    return true;
  };

  return { note, noteUnreadable, noteFolder };
}
