import { isSingleKey, useKeydown } from '../../parts/keys/use-keydown.ts';

/** A field for digits has no use for letters: there they stay the caller panel's keys, so that asking for a code needs no way out of the field. */
const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select') !== null &&
  target.getAttribute('inputmode') !== 'numeric';

/** The letters of the caller panel, also while a code is awaited. Left alone in dialogs and with modifiers, as the screen's keys are. */
export function useLineKeys(handle: (key: string) => boolean): void {
  useKeydown(
    (event) => {
      if (!isSingleKey(event) || event.key.length !== 1 || takesLetters(event.target)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      if (handle(event.key.toLowerCase())) event.preventDefault();
    },
    // The field that has the focus would take a letter for a wrong digit.
    { first: true },
  );
}
