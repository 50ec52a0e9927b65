import { useEffect } from 'react';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { Bridge, EventValue } from '../../../shared/bridge/contract.ts';

/** The query keys that an event makes stale; null for all. */
function staleAfter(event: EventValue<'live'>): readonly QueryKey[] | null {
  switch (event.type) {
    case 'caught-up':
      return null;
    case 'case-changed':
      return [['case', event.caseId], ['timeline'], ['cases'], ['desk']];
    case 'approval-asked':
      return [['queue']];
    case 'approval-settled':
      return [['queue'], ['case', event.caseId], ['timeline']];
    case 'account-flagged':
    case 'account-frozen':
    case 'change-held':
    case 'account-changed':
      return [['queue'], ['case'], ['timeline']];
    case 'alert-changed':
      return [['alert'], ['case'], ['queue']];
    case 'required-reset-changed':
      return [['required-resets']];
    case 'policy-changed':
      return [['settings', 'policy'], ['case']];
    case 'operator-reported':
      return [['operators'], ['audit']];
    case 'session-ended':
      return [];
  }
}

/** Refetches the visible queries that a live event makes stale. */
export function useLive(bridge: Bridge): void {
  const client = useQueryClient();
  useEffect(
    () =>
      bridge.on('live', (event) => {
        const stale = staleAfter(event);
        if (stale === null) void client.invalidateQueries();
        else for (const queryKey of stale) void client.invalidateQueries({ queryKey });
      }),
    [bridge, client],
  );
}
