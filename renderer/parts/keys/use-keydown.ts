import { useEffect, useRef } from 'react';

/** Whether a key is nobody's yet, pressed once and alone: neither held, nor with a modifier, nor taken already. */
export const isSingleKey = (event: KeyboardEvent): boolean =>
  !(event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey);

/** Hears every key of the window while its screen is there. `first`: before the element that has the focus. */
export function useKeydown(hear: (event: KeyboardEvent) => void, { first = false } = {}): void {
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener('keydown', listen, first);
    return () => window.removeEventListener('keydown', listen, first);
  }, [first]);
}
