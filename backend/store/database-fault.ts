import type { StorageCode } from '../../shared/errors/codes.ts';

/**
 * The database could not serve a statement, for a reason that is not in the statement: it is away, full, read-only or busy. The message says why, for the
 * log and the start; it holds neither data nor passwords.
 */
export class DatabaseFault extends Error {
  readonly code: StorageCode;

  constructor(code: StorageCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseFault';
    this.code = code;
  }
}

/** Whether a change may have been saved although it failed: the answer to its COMMIT never arrived. */
export const isOutcomeUnknown = (thrown: unknown): boolean =>
  thrown instanceof DatabaseFault && thrown.code === 'storage.outcome-unknown';

/**
 * Waits for a change, then forgets what memory holds about the state before it: also when it is unknown whether the change was saved, because memory
 * must not go on showing the old state for the new one.
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
