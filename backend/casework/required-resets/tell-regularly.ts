/** Milliseconds between two looks. */
const lookEvery = 1000;

/** Tells users of required resets until it is stopped, which waits for the look under way. */
export function tellRegularly(
  { tellDue }: { tellDue(): Promise<void> },
  onUnexpected: (where: string, thrown: unknown) => void,
  every = lookEvery,
): () => Promise<void> {
  let telling: Promise<void> | null = null;
  const timer = setInterval(() => {
    telling ??= tellDue()
      .catch((thrown: unknown) => {
        onUnexpected('required resets', thrown);
      })
      .finally(() => {
        telling = null;
      });
  }, every);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await telling;
  };
}
