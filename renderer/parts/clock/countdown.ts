import { useEffect, useState } from 'react';
import { useClockOffset } from './server-clock.ts';

export { formatRemaining } from './format-time.ts';

/** This computer's time in milliseconds, updated each second while `running`: for deadlines that the console sets. */
export function useOwnClock(running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(Date.now());
    // Also at once, since the value is stale if the clock was stopped before.
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [running]);
  return now;
}

/** The server's time in milliseconds, updated each second while `running`: for deadlines that the backend sets. */
export function useClock(running = true): number {
  const offset = useClockOffset();
  return useOwnClock(running) + offset;
}
