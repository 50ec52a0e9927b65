import type { FailureCode } from '../../shared/errors/codes.ts';
import type { Failure } from '../../shared/errors/result.ts';

/** A refusal or mishap that the page is told about; anything else that is thrown reaches it as `internal.unexpected`. */
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

/** Whether something thrown is a failure with one of these codes (any code when none is named). */
export function isFailure(thrown: unknown, ...codes: FailureCode[]): thrown is ConsoleFailure {
  return thrown instanceof ConsoleFailure && (codes.length === 0 || codes.includes(thrown.code));
}
