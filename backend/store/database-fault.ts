import type { StorageCode } from '../../shared/errors/codes.ts';

/**
 * The database could not run a statement for a reason outside the statement: it is unreachable, full, read-only or busy. The message says why, for
 * the log and the start; it contains neither data nor passwords.
 */
export class DatabaseFault extends Error {
  readonly code: StorageCode;

  constructor(code: StorageCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseFault';
    this.code = code;
  }
}

/** A newer version of Reset Desk has migrated the database, so that this one cannot use it. */
export class NewerDatabase extends Error {}

/** Whether a failed change may have been saved, because the answer to its COMMIT never arrived. */
export const isOutcomeUnknown = (thrown: unknown): boolean =>
  thrown instanceof DatabaseFault && thrown.code === 'storage.outcome-unknown';

/**
 * Waits for a change, then drops cached state from before it. It does so even if the outcome is unknown, because the cache must not keep showing the
 * old state.
 */
export async function thenForget<T>(change: Promise<T>, forget: () => void): Promise<T> {
  try {
    const answer = await change;
    forget();
    return answer;
  } catch (thrown) {
    if (isOutcomeUnknown(thrown)) forget();
    throw thrown;
  }
}
