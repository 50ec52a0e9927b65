import { isSingleKey, useKeydown } from './use-keydown.ts';

/** Where a key is text, or belongs to the control that has the focus. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null);

/**
 * Single keys of a screen. Left alone while something is typed, with modifiers, in dialogs and on repeats, so that a held
 * Enter cannot run through the steps; Enter and Space on another button are that button's own.
 */
export function useScreenKeys(handle: (event: KeyboardEvent) => boolean): void {
  useKeydown((event) => {
    const { key, target } = event;
    if (
      key === 'Escape' &&
      target instanceof HTMLInputElement &&
      target.closest('[role="dialog"]') === null
    ) {
      // One step back: out of the field, keeping what was typed.
      target.blur();
      event.preventDefault();
      return;
    }
    if (!isSingleKey(event) || typing(target)) return;
    const onControl = target instanceof HTMLElement && target.closest('button, a') !== null;
    if (onControl && (key === 'Enter' || key === ' ')) return;
    if (handle(event)) event.preventDefault();
  });
}
