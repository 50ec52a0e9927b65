import { useEffect, useRef } from 'react';

/** Whether a key press is unhandled, without a modifier and not a repeat. */
export const isSingleKey = (event: KeyboardEvent): boolean =>
  !(event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey);

/** Listens for keydown on the window while mounted. With `first`, it runs before the focused element's handlers. */
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
