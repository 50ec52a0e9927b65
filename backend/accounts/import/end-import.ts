import type { ImportView } from '../../../shared/api/import.ts';
import type { Origin } from '../../store/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';

/** Ends a waiting or running import; throws `import.settled` if it has already ended. */
export type EndImport = (
  importId: string,
  state: 'finished' | 'cancelled' | 'failed',
  failure: ImportView['failure'],
  origin: Origin,
) => Promise<void>;

export const createEndImport =
  ({ store, now }: { readonly store: Store; readonly now: () => number }): EndImport =>
  async (importId, state, failure, origin) => {
    await store.change(origin, async (tx, record) => {
      const ended = await tx
        .updateTable('imports')
        .set({ state, ended_at: now(), failure: failure && JSON.stringify(failure) })
        .where('id', '=', importId)
        .where('state', 'in', ['waiting', 'running'])
        .returningAll()
        .executeTakeFirst();
      if (!ended) throw new Refusal('import.settled');
      const { created, changed, unchanged, refused, rows } = ended;
      await record({
        action: `accounts.import-${state}`,
        outcome: state === 'failed' ? 'failed' : 'done',
        facts: { importId, fileName: ended.file_name, rows, created, changed, unchanged, refused },
      });
    });
  };
