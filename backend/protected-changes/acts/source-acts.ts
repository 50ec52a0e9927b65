import type { z } from 'zod';
import type {
  addSourceToken,
  allowSourceChanges,
  changeSourceFeed,
} from '../../../shared/api/account-sources.ts';
import { feedRow } from '../../accounts/sources/feed-view.ts';
import { sourceRow } from '../../accounts/sources/source-row.ts';
import type { Store } from '../../store/store.ts';
import { changedFields, ofSettings, type Acts } from '../description.ts';

/** The acts that let another system write accounts. */
export function createSourceActs({ store }: { readonly store: Store }) {
  const nameOf = async (params: unknown) =>
    (await sourceRow(store, (params as { sourceId: string }).sourceId)).name;
  return {
    addSourceToken: async ({ params, body }) => {
      const { label, days } = body as z.output<(typeof addSourceToken)['body']>;
      const name = await nameOf(params);
      return ofSettings([{ name: 'token', from: null, to: `${label} (${days} days)`, secret: false }], name);
    },
    changeSourceFeed: async ({ params, body }) => {
      const { sourceId } = params as { sourceId: string };
      const after = body as z.output<(typeof changeSourceFeed)['body']>;
      const before = await feedRow(store, sourceId);
      const texts = ({ enabled, complete }: { enabled: boolean; complete: boolean }) => ({
        enabled: `${enabled}`,
        complete: `${complete}`,
      });
      return ofSettings(changedFields(texts(before), texts(after)), await nameOf(params));
    },
    allowSourceChanges: async ({ params, body }) => {
      const { hours, reason } = body as z.output<(typeof allowSourceChanges)['body']>;
      const name = await nameOf(params);
      return ofSettings(
        [{ name: 'allowed', from: null, to: `${hours} hours: ${reason}`, secret: false }],
        name,
      );
    },
  } satisfies Partial<Acts>;
}
