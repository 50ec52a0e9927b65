import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { isSingleKey, useKeydown } from '../../parts/keys/use-keydown.ts';

/** Fields that take only digits. Letters stay shortcuts there, so that the operator can ask for the code without leaving the field. */
const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select') !== null &&
  target.getAttribute('inputmode') !== 'numeric';

/** The shortcuts of the caller panel, also in a digit field. Ignored in dialogs and with modifiers, like the screen's shortcuts. */
export function useLineKeys(handle: (key: string) => boolean): void {
  useKeydown(
    (event) => {
      const key = pressedKey(event);
      if (!isSingleKey(event) || key.length !== 1 || takesLetters(event.target)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      if (handle(key)) event.preventDefault();
    },
    // The focused digit field would otherwise treat the letter as a wrong digit.
    { first: true },
  );
}
