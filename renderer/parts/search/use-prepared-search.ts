import { useEffect } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** The family of all texts of the page. */
const family = 'Inter Variable';

/** A search that finds something in most directories, and whose answer nobody reads. */
const anySearch = { q: 'a', limit: 1 } as const;

/**
 * Makes the first key in the search as fast as the next ones, once the screen is drawn: the fonts of other alphabets are loaded before the first name
 * needs one, which would lay out the list twice, and main and the backend run a search.
 */
export function usePreparedSearch(isWanted: boolean): void {
  const bridge = useConsoleBridge();
  useEffect(() => {
    if (!isWanted) return;
    const idle = requestIdleCallback(() => {
      for (const font of document.fonts)
        // A font that is missing is replaced by the system's, as in any text.
        if (font.family.includes(family)) font.load().catch(() => undefined);
      void bridge.accounts.search({ query: anySearch });
    });
    return () => cancelIdleCallback(idle);
  }, [bridge, isWanted]);
}
