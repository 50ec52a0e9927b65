const opened = 'open-report';

/** Opens the dialog that reports a problem, from anywhere in the page. */
export function openReport(): void {
  globalThis.dispatchEvent(new Event(opened));
}

/** Calls `work` at each {@link openReport}. The returned function stops that. */
export function onOpenReport(work: () => void): () => void {
  globalThis.addEventListener(opened, work);
  return () => globalThis.removeEventListener(opened, work);
}
