import type { FailureCode } from '../../shared/errors/codes.ts';
import type { Failure } from '../../shared/errors/result.ts';

/** A failure that is reported to the page with its code. Any other thrown value is reported as `internal.unexpected`. */
export class ConsoleFailure extends Error {
  override readonly name = 'ConsoleFailure';
  readonly failure: Failure;

  constructor(code: FailureCode, more: Omit<Failure, 'code'> = {}) {
    super(code);
    this.failure = { code, ...more };
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}

/** Whether a thrown value is a failure with one of these codes; with any code if none is given. */
export function isFailure(thrown: unknown, ...codes: FailureCode[]): thrown is ConsoleFailure {
  return thrown instanceof ConsoleFailure && (codes.length === 0 || codes.includes(thrown.code));
}
