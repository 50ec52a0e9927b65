/** Milliseconds between two looks for what has run out. */
const sweepEvery = 5000;

/** Sweeps until the returned function is called, one sweep at a time; answers when the last one has ended. */
export function sweepRegularly(
  sweep: () => Promise<void>,
  onUnexpected: (reference: string, thrown: unknown) => void,
): () => Promise<void> {
  let sweeping = Promise.resolve();
  const sweeper = setInterval(() => {
    sweeping = sweep().catch((thrown: unknown) => {
      onUnexpected('sweep', thrown);
    });
  }, sweepEvery);
  sweeper.unref();
  return async () => {
    clearInterval(sweeper);
    await sweeping;
  };
}
