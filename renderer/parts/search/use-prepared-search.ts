import { useEffect } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** The family of all texts of the page. */
const family = 'Inter Variable';

/** A search that finds something in most directories. Its answer is not shown. */
const anySearch = { q: 'a', limit: 1 } as const;

/** Takes one step whenever the page is idle, so that no key waits for more than one. Returns the function that stops. */
function stepWhenIdle(steps: readonly (() => void)[]): () => void {
  let idle = 0;
  const take = ([step, ...later]: readonly (() => void)[]) => {
    if (step === undefined) return;
    idle = requestIdleCallback(() => {
      step();
      take(later);
    });
  };
  take(steps);
  return () => cancelIdleCallback(idle);
}

/**
 * Makes the first key in the search as fast as the next ones, once the screen is drawn: main and the backend run a search, and the fonts of other
 * alphabets are loaded before the first name needs one, which would lay out the list twice.
 */
export function usePreparedSearch(isWanted: boolean): void {
  const bridge = useConsoleBridge();
  useEffect(() => {
    if (!isWanted) return;
    // The extended Latin alphabet is near the end of the family, and is needed the most.
    const fonts = [...document.fonts].filter((font) => font.family.includes(family)).toReversed();
    return stepWhenIdle([
      () => void bridge.accounts.search({ query: anySearch }),
      // A font that is missing is replaced by the system's, as in any text.
      ...fonts.map((font) => () => void font.load().catch(() => undefined)),
    ]);
  }, [bridge, isWanted]);
}
