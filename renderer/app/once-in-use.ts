const acts = ['keydown', 'pointerdown'] as const;

/** Calls back once, at the operator's first key or click. Returns the function that stops waiting. */
export function onceInUse(listener: () => void): () => void {
  const stop = () => {
    for (const act of acts) window.removeEventListener(act, used, true);
  };
  const used = () => {
    stop();
    listener();
  };
  for (const act of acts) window.addEventListener(act, used, true);
  return stop;
}
