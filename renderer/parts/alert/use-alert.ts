import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';

/** Whether the alert is raised or proposed; a live event refreshes it when that changes. */
export function useAlert() {
  const bridge = useConsoleBridge();
  return useQuery({
    queryKey: ['alert'],
    queryFn: () => valueOf(bridge.fourEyes.alert({})),
    refetchInterval: 60_000,
  });
}
