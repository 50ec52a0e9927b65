import { useEffect } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** A search that finds something in most directories. Its answer is not shown. */
const anySearch = { q: 'a', limit: 1 } as const;

/** Makes the first key in the search as fast as the next ones: main and the backend run a search as soon as the field is shown. */
export function usePreparedSearch(): void {
  const bridge = useConsoleBridge();
  useEffect(() => {
    void bridge.accounts.search({ query: anySearch });
  }, [bridge]);
}
