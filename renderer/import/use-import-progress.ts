import { useQuery } from '@tanstack/react-query';
import type { ImportView } from '../../shared/api/import.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';

/** Whether nothing more will happen to an import. */
export const isSettled = ({ state }: ImportView): boolean => state !== 'waiting' && state !== 'running';

/** Follows an import until it has ended. */
export function useImportProgress(started: ImportView | null): {
  readonly view: ImportView | null;
  readonly failure: Failure | null;
} {
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['import', started?.id],
    queryFn: () => valueOf(bridge.imports.progress({ params: { importId: started?.id ?? '' } })),
    enabled: started !== null && !isSettled(started),
    refetchInterval: ({ state }) => (state.data !== undefined && isSettled(state.data) ? false : 250),
  });
  return { view: query.data ?? started, failure: failureOf(query.error) };
}
