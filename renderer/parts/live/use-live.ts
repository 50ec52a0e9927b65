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
    case 'protected-change-proposed':
      return [['protected-changes']];
    case 'protected-change-settled':
    case 'protected-change-made':
      return [['protected-changes'], ['settings'], ['operators'], ['audit']];
    case 'session-ended':
      return [];
  }
}

/** Milliseconds in which the events of one burst arrive. */
const burstMs = 50;

/** Refetches the visible queries that live events make stale, each once for a burst of events. */
export function useLive(bridge: Bridge): void {
  const client = useQueryClient();
  useEffect(() => {
    /** The stale query keys by their JSON; null if all are stale. */
    let stale: Map<string, QueryKey> | null = new Map();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => {
      timer = undefined;
      if (stale === null) void client.invalidateQueries();
      else for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
      stale = new Map();
    };
    const off = bridge.on('live', (event) => {
      const keys = staleAfter(event);
      if (keys === null) stale = null;
      for (const key of keys ?? []) stale?.set(JSON.stringify(key), key);
      timer ??= setTimeout(refetch, burstMs);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [bridge, client]);
}
