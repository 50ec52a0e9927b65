import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeepLink } from '../../../shared/bridge/deep-link.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import type { Route } from './route.ts';

/** The screens on which nothing is under way, so that a link may replace them at once. */
const restingScreens: ReadonlySet<Route['screen']> = new Set([
  'desk',
  'queue',
  'cases',
  'audit',
  'outbox',
  'accounts',
]);

const isResting = ({ screen }: Route): boolean =>
  restingScreens.has(screen) && document.querySelector('[role=dialog]') === null;

/** Counted over all shells, each of which lives from an unlock to the next lock. */
let followed = 0;

/**
 * Takes the links of other programs once the console is unlocked. A link replaces a resting screen; while the operator is at a case, a form or a drill it is only
 * offered. `offered` is that link; null without one.
 */
export function useDeepLink(
  route: Route,
  onGo: (route: Route) => void,
  /** Whether the operator decides about approvals. For other operators, a link to a request only shows a message. */
  isApprover: boolean,
): { readonly offered: DeepLink | null; readonly open: () => void; readonly dismiss: () => void } {
  const bridge = useConsoleBridge();
  const [offered, setOffered] = useState<DeepLink | null>(null);
  const routeNow = useRef(route);
  useEffect(() => {
    routeNow.current = route;
  }, [route]);
  const follow = useCallback(
    (link: DeepLink) => {
      setOffered(null);
      followed += 1;
      if (link.kind === 'approval') onGo({ screen: 'queue', caseNumber: link.caseNumber });
      else onGo({ screen: 'desk', search: { text: link.search, ticket: link.ticket, key: followed } });
    },
    [onGo],
  );
  const take = useCallback(async () => {
    const answer = await bridge.app.takeLink();
    if (!answer.ok || answer.value === null) return;
    const isOpen = isApprover || answer.value.kind !== 'approval';
    if (isOpen && isResting(routeNow.current)) follow(answer.value);
    else setOffered(answer.value);
  }, [bridge, follow, isApprover]);
  useEffect(() => {
    void take();
    return bridge.on('link', () => void take());
  }, [bridge, take]);
  return {
    offered,
    open: () => {
      if (offered !== null) follow(offered);
    },
    dismiss: () => setOffered(null),
  };
}
