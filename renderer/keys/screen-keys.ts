import { createContext, useContext, useEffect, useRef } from 'react';

/** True while the console is locked: what lies underneath must not hear the keyboard. */
export const KeysOff = createContext(false);

/** Where a key is text, or belongs to the control that has the focus. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null);

/**
 * Single keys of a screen. Left alone while something is typed, with modifiers, in dialogs and on repeats, so that a held
 * Enter cannot run through the steps; Enter and Space on another button are that button's own.
 */
export function useScreenKeys(handle: (event: KeyboardEvent) => boolean): void {
  const off = useContext(KeysOff);
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    if (off) return;
    const listen = (event: KeyboardEvent) => {
      if (
        event.key === 'Escape' &&
        event.target instanceof HTMLInputElement &&
        event.target.closest('[role="dialog"]') === null
      ) {
        // One step back: out of the field, keeping what was typed.
        event.target.blur();
        event.preventDefault();
        return;
      }
      if (
        event.defaultPrevented ||
        event.repeat ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        typing(event.target)
      )
        return;
      const onControl = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      if (onControl && (event.key === 'Enter' || event.key === ' ')) return;
      if (latest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [off]);
}
