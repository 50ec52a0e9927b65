import { useQuery } from '@tanstack/react-query';
import type { Right } from '../../../shared/api/operator.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import type { Route } from './route.ts';

/** A screen in the rail. A case is opened from a search or a list. */
export type RailEntry = Exclude<Route['screen'], 'case'>;

/** The screens in the rail for an operator with these rights, without the settings. */
export function useRailEntries(rights: readonly Right[]): readonly RailEntry[] {
  const bridge = useConsoleBridge();
  const has = (right: Right) => rights.includes(right);
  const outbox = useQuery({
    queryKey: ['outbox', 'active'],
    queryFn: async () => {
      const [mails, texts] = await Promise.all([
        valueOf(bridge.outbox.list({ query: { limit: 1 } })),
        valueOf(bridge.outbox.listTexts({ query: { limit: 1 } })),
      ]);
      // Without a text gateway, texts are always kept; the outbox matters once it holds one.
      return mails.active || (texts.active && texts.texts.length > 0);
    },
    enabled: has('outbox.read'),
    refetchInterval: 30_000,
  });
  const offered: readonly (readonly [RailEntry, boolean])[] = [
    ['desk', true],
    ['queue', has('approvals.decide')],
    ['cases', has('cases.work')],
    ['practise', has('cases.work')],
    ['audit', has('audit.read')],
    ['outbox', outbox.data === true],
    ['requiredResets', has('resets.require')],
    ['accounts', has('accounts.import') || has('accounts.disable')],
    ['import', has('accounts.import')],
  ];
  return offered.filter(([, shown]) => shown).map(([entry]) => entry);
}
