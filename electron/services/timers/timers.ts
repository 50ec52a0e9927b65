/** Runs `work` once after so many milliseconds; the returned function cancels it. */
export type SetTimer = (milliseconds: number, work: () => void) => () => void;

export const setTimer: SetTimer = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => {
    clearTimeout(timer);
  };
};

/** Runs `work` every so many milliseconds for as long as the process lives, without keeping it alive. */
export const every = (milliseconds: number, work: () => void): void => {
  setInterval(work, milliseconds).unref();
};
