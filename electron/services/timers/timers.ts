/** Runs `work` once after the given number of milliseconds. The returned function cancels it. */
export type SetTimer = (milliseconds: number, work: () => void) => () => void;

export const setTimer: SetTimer = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => {
    clearTimeout(timer);
  };
};

/** Runs `work` at the given interval in milliseconds for as long as the process lives, without keeping it alive. */
export const every = (milliseconds: number, work: () => void): void => {
  setInterval(work, milliseconds).unref();
};
