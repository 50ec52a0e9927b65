import { useEffect, useState } from 'react';
import { useClockOffset } from './server-clock.ts';

export { formatRemaining } from './format-time.ts';

/** This computer's clock, ticking each second while `running`: for what the console itself ends. */
export function useOwnClock(running = true): number {
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

/** The server's clock, ticking each second while `running`: for what the backend ends. */
export function useClock(running = true): number {
  const offset = useClockOffset();
  return useOwnClock(running) + offset;
}
