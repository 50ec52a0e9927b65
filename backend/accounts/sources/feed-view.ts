import { feedFolder, feedPath, type FeedFault, type FileFeed } from '../../../shared/api/account-sources.ts';
import type { Store, Transaction } from '../../store/store.ts';

/** The number of runs in a view. */
const shownRuns = 5;

/** The file settings of a source; switched off for a source without any. */
export async function feedRow(
  store: Pick<Store, 'db'>,
  sourceId: string,
): Promise<{ readonly enabled: boolean; readonly complete: boolean; readonly unlistedSince: string | null }> {
  const row = await store.db
    .selectFrom('source_feeds')
    .select(['enabled', 'complete', 'unlisted_since'])
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  const since = row?.unlisted_since ?? null;
  return {
    enabled: row?.enabled === 1,
    complete: row?.complete === 1,
    unlistedSince: since === null ? null : new Date(since).toISOString(),
  };
}

export async function writeFeed(
  tx: Transaction,
  sourceId: string,
  feed: { readonly enabled: boolean; readonly complete: boolean },
): Promise<void> {
  const flags = { enabled: feed.enabled ? 1 : 0, complete: feed.complete ? 1 : 0 } as const;
  await tx
    .insertInto('source_feeds')
    .values({ source_id: sourceId, ...flags, unlisted_since: null, leased_by: null, leased_until: null })
    .onConflict((on) => on.column('source_id').doUpdateSet(flags))
    .execute();
}

const outcomes: Readonly<Record<string, FileFeed['runs'][number]['outcome']>> = {
  finished: 'imported',
  undone: 'cancelled',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** Converts the file settings and runs of a source to the form in which the Reset API answers them. */
export const createFeedViews =
  ({ store, publicUrl }: { readonly store: Pick<Store, 'db'>; readonly publicUrl: () => string }) =>
  async (sourceId: string): Promise<FileFeed> => {
    const runs = await store.db
      .selectFrom('feed_runs')
      .leftJoin('imports', 'imports.id', 'feed_runs.import_id')
      .select(['feed_runs.file_name', 'feed_runs.at', 'feed_runs.fault', 'feed_runs.import_id'])
      .select(['imports.state', 'imports.created', 'imports.changed', 'imports.held', 'imports.closed'])
      .select('imports.refused')
      .where('feed_runs.source_id', '=', sourceId)
      .orderBy('feed_runs.at', 'desc')
      .limit(shownRuns)
      .execute();
    return {
      ...(await feedRow(store, sourceId)),
      folder: feedFolder(sourceId),
      uploadUrl: `${publicUrl().replace(/\/$/u, '')}${feedPath(sourceId)}`,
      runs: runs.map((run) => ({
        importId: run.import_id,
        fileName: run.file_name,
        at: new Date(run.at).toISOString(),
        outcome: run.fault === null ? (outcomes[run.state ?? 'failed'] ?? 'waiting') : 'failed',
        fault: run.fault as FeedFault | null,
        created: run.created ?? 0,
        changed: run.changed ?? 0,
        held: run.held ?? 0,
        closed: run.closed ?? 0,
        refused: run.refused ?? 0,
      })),
    };
  };
