import type { ErrorCode } from '../shared/errors/codes.ts';
import type { Problem } from '../shared/errors/problem.ts';

type Help = Partial<Pick<Problem, 'detail' | 'until' | 'triesLeft' | 'fields'>>;

/** An expected failure for the API client: answered as a problem with the HTTP status of its code. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly help: Help;
  /** The attempt and its outcome are recorded already, so that the refusal is not recorded once more. */
  readonly isRecorded: boolean;

  constructor(code: ErrorCode, help: Help = {}, { isRecorded = false } = {}) {
    super(help.detail ?? code);
    this.name = 'Refusal';
    this.code = code;
    this.help = help;
    this.isRecorded = isRecorded;
  }
}
