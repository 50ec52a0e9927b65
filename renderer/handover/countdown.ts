import { useEffect, useState } from 'react';

export { formatRemaining } from '../clock/clock-words.ts';

/** The clock, ticking each second while `running`. */
export function useClock(running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(Date.now());
    // At once as well: the clock may have stood still before.
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [running]);
  return now;
}
