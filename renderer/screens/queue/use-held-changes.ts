import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';

/** The changes that wait for an approver, refreshed by live events and at an interval. */
export function useHeldChanges(approves = true) {
  const bridge = useConsoleBridge();
  return useQuery({
    queryKey: ['queue', 'held'],
    queryFn: () => valueOf(bridge.heldChanges.list({})),
    enabled: approves,
    refetchInterval: 15_000,
  });
}
