import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useHeldChanges } from './use-held-changes.ts';

/** The number of requests and held changes that this approver can answer, and of flagged accounts; zero for other operators. */
export function useQueueCount(approves: boolean): number {
  const bridge = useConsoleBridge();
  const approvals = useQuery({
    queryKey: ['queue', 'approvals'],
    queryFn: () => valueOf(bridge.fourEyes.list({})),
    enabled: approves,
  });
  const flags = useQuery({
    queryKey: ['queue', 'flags'],
    queryFn: () => valueOf(bridge.fourEyes.flags({})),
    enabled: approves,
  });
  const held = useHeldChanges(approves);
  const answerable = approvals.data?.waiting.filter(({ obstacle }) => obstacle === null).length ?? 0;
  const waits = held.data?.held.filter(({ obstacle }) => obstacle === null).length ?? 0;
  return answerable + waits + (flags.data?.flags.length ?? 0);
}
