/** Milliseconds between two looks; each look is put off by up to as much again, so that nobody can tell what it is busy with. */
const lookEvery = 500;

/** Answers requests for links until it is stopped, which waits for the look under way. */
export function answerRegularly(
  { answerDue }: { answerDue(): Promise<void> },
  onUnexpected: (where: string, thrown: unknown) => void,
  every = lookEvery,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let stopped = false;
  const look = () => {
    running = answerDue()
      .catch((thrown: unknown) => {
        onUnexpected('password requests', thrown);
      })
      .finally(next);
  };
  const next = () => {
    if (stopped) return;
    timer = setTimeout(look, every * (1 + Math.random()));
    timer.unref();
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
