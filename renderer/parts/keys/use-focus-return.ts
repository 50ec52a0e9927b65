import { useEffect, useState } from 'react';

/** When its dialog closes, returns the focus to the element that had it before, unless another element has it. */
export function useFocusReturn(): void {
  // Read during render, because the dialog already has the focus when the first effect runs.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      }, 0);
    },
    [before],
  );
}
