import { pressedKey } from './pressed-key.ts';
import { isSingleKey, useKeydown } from './use-keydown.ts';

/** Whether an event is for a control whose keys are text input or its own commands. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null);

/**
 * Handles the single-key shortcuts of a screen; the key is that of {@link pressedKey}. Ignores keys in text fields and dialogs, with modifiers, and repeats, so that a held
 * Enter cannot run through the steps. Enter and Space on a focused button belong to that button.
 */
export function useScreenKeys(handle: (key: string) => boolean): void {
  useKeydown((event) => {
    const { target } = event;
    const key = pressedKey(event);
    if (
      key === 'Escape' &&
      target instanceof HTMLInputElement &&
      target.closest('[role="dialog"]') === null
    ) {
      // Escape leaves the field and keeps its text.
      target.blur();
      event.preventDefault();
      return;
    }
    if (!isSingleKey(event) || isTyping(target)) return;
    const onControl = target instanceof HTMLElement && target.closest('button, a') !== null;
    if (onControl && (key === 'Enter' || key === ' ')) return;
    if (handle(key)) event.preventDefault();
  });
}
