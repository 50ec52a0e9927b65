import { useContext, useEffect, useRef } from 'react';
import { KeysOff } from '../keys/screen-keys.ts';

/** A field for digits has no use for letters: there they stay the caller panel's keys, so that asking for a code needs no way out of the field. */
const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select') !== null &&
  target.getAttribute('inputmode') !== 'numeric';

/** The letters of the caller panel, also while a code is awaited. Left alone in dialogs and with modifiers, as the screen's keys are. */
export function useLineKeys(handle: (key: string) => boolean): void {
  const off = useContext(KeysOff);
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    if (off) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.length !== 1 || takesLetters(event.target)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      if (latest.current(event.key.toLowerCase())) event.preventDefault();
    };
    // Before the field that has the focus, which would take a letter for a wrong digit.
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [off]);
}
