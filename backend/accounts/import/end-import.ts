import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Origin } from '../../store/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { settleWords } from '../../store/words-index.ts';

/** The states of an import that can still end. */
export const openStates = ['waiting', 'analysing', 'ready', 'running'] as const;

/**
 * Ends a waiting or running import; throws `import.settled` if it has already ended. A failure that cannot be stored, for example because the disk is
 * full, is kept in memory instead of thrown.
 */
export type EndImport = (
  importId: string,
  state: 'finished' | 'cancelled' | 'failed',
  failure: ImportView['failure'],
  origin: Origin,
) => Promise<void>;

export interface ImportEnds {
  readonly end: EndImport;
  /** Why an import failed whose end could not be stored yet. Tries to store it now. */
  unstored(importId: string): Promise<ImportView['failure']>;
}

export function createImportEnds({
  store,
  now,
}: {
  readonly store: Store;
  readonly now: () => number;
}): ImportEnds {
  const kept = new Map<string, { failure: ImportView['failure']; origin: Origin }>();
  const write: EndImport = async (importId, state, failure, origin) => {
    await store.change(origin, async (tx, record) => {
      const ended = await tx
        .updateTable('imports')
        .set({ state, ended_at: now(), failure: failure && JSON.stringify(failure) })
        .where('id', '=', importId)
        .where('state', 'in', openStates)
        .returningAll()
        .executeTakeFirst();
      if (!ended) throw new Refusal('import.settled');
      if (ended.applied > 0) await settleWords(tx);
      const { created, changed, unchanged, held, closed, refused, rows, applied } = ended;
      await record({
        action: `accounts.import-${state}`,
        outcome: state === 'failed' ? 'failed' : 'done',
        facts: {
          importId,
          fileName: ended.file_name,
          rows,
          applied,
          created,
          changed,
          unchanged,
          held,
          closed,
          refused,
        },
      });
    });
    kept.delete(importId);
  };
  const end: EndImport = async (importId, state, failure, origin) => {
    try {
      await write(importId, state, failure, origin);
    } catch (thrown) {
      if (state !== 'failed' || thrown instanceof Refusal) throw thrown;
      kept.set(importId, { failure, origin });
    }
  };
  return {
    end,
    async unstored(importId) {
      const unstored = kept.get(importId);
      if (unstored === undefined) return null;
      await end(importId, 'failed', unstored.failure, unstored.origin);
      return kept.has(importId) ? unstored.failure : null;
    },
  };
}
