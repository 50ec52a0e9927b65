import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';

/** Changes that wait for a second administrator, and those decided last; not read for operators who are no administrators. */
export function useProtectedChanges(isAdministrator = true) {
  const bridge = useConsoleBridge();
  return useQuery({
    queryKey: ['protected-changes'],
    queryFn: () => valueOf(bridge.protectedChanges.list({})),
    enabled: isAdministrator,
  });
}

/** The number of changes that this administrator can decide. */
export function useProtectedChangeCount(isAdministrator: boolean): number {
  const { data } = useProtectedChanges(isAdministrator);
  return data?.waiting.filter(({ obstacle }) => obstacle === null).length ?? 0;
}
