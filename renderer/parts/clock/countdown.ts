import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../announcer/announcer.tsx';
import { useClockOffset } from './server-clock.ts';

export { formatRemaining } from './format-time.ts';

/** This computer's time in milliseconds, updated each second while `running`: for deadlines that the console sets. */
export function useOwnClock(running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(Date.now());
    // Also updates at once, since the value is stale if the clock was stopped before.
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

/** The minutes before a deadline at which it is announced. */
const announcedMinutes = [5, 1] as const;

/** Announces 5 minutes and 1 minute before a deadline how long is left. A clock itself is not announced. `left` in milliseconds; null says nothing. */
export function useTimeLeftAnnouncements(left: number | null, sentence: (minutes: number) => string): void {
  const announce = useAnnounce();
  const before = useRef(left);
  useEffect(() => {
    const passed = announcedMinutes.find(
      (minutes) =>
        left !== null &&
        before.current !== null &&
        before.current > minutes * 60_000 &&
        left <= minutes * 60_000 &&
        left > 0,
    );
    before.current = left;
    if (passed !== undefined) announce(sentence(passed));
  }, [announce, left, sentence]);
}
