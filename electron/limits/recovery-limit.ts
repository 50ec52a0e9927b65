/** Decides whether something that failed may be started again. */
export interface RecoveryLimit {
  /** Records a failure. Returns false once there were too many within the time. */
  readonly mayRecover: () => boolean;
  /** Forgets earlier failures. */
  readonly reset: () => void;
}

/** Allows `max` recoveries within `withinMs`. */
export function createRecoveryLimit({
  max,
  withinMs,
  now,
}: {
  readonly max: number;
  readonly withinMs: number;
  readonly now: () => number;
}): RecoveryLimit {
  let failures: readonly number[] = [];
  return {
    mayRecover: () => {
      failures = [...failures.filter((at) => at > now() - withinMs && at <= now()), now()];
      return failures.length <= max;
    },
    reset: () => {
      failures = [];
    },
  };
}
