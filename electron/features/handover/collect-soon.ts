import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { SetTimer } from '../../services/timers/timers.ts';

/** Milliseconds: the operator goes on with the next caller before main stops for some tens of milliseconds. */
const delayMs = 2000;

/**
 * Runs the garbage collector shortly after a secret was wiped. The answer that brought a password and the message that took it to the page were
 * strings, which cannot be overwritten and otherwise stay in memory for a minute or longer.
 */
export function createCollectSoon(setTimer: SetTimer): () => void {
  let collect: (() => void) | null = null;
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimer(delayMs, () => {
      isDue = false;
      if (collect === null) {
        setFlagsFromString('--expose-gc');
        collect = runInNewContext('gc') as () => void;
      }
      collect();
    });
  };
}
