import type { ErrorCode } from '../shared/errors/codes.ts';
import type { Problem } from '../shared/errors/problem.ts';

type Help = Partial<Pick<Problem, 'detail' | 'until' | 'triesLeft' | 'fields'>>;

/** A no that the caller is meant to hear: becomes a problem answer with the status that belongs to its code. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly help: Help;

  constructor(code: ErrorCode, help: Help = {}) {
    super(help.detail ?? code);
    this.name = 'Refusal';
    this.code = code;
    this.help = help;
  }
}
