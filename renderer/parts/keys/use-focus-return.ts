import { useEffect, useState } from 'react';

/** Gives the focus back, when its dialog goes, to what had it before, unless something else has taken it. */
export function useFocusReturn(): void {
  // Read while rendering: at the first effect the dialog has taken the focus already.
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
