import { z } from 'zod';
import { consoleFailureCodes, errorCodes, type FailureCode } from './codes.ts';
import { fieldProblem } from './problem.ts';

/** Why a call failed, as the renderer sees it: the code of the message, and details that help to fix the problem. */
export const failure = z.object({
  code: z.enum([...errorCodes, ...consoleFailureCodes] as [FailureCode, ...FailureCode[]]),
  reference: z.string().optional(),
  detail: z.string().optional(),
  until: z.iso.datetime().optional(),
  triesLeft: z.int().optional(),
  fields: z.array(fieldProblem).optional(),
});

export type Failure = z.infer<typeof failure>;

/** The answer of every bridge call. A bridge call never throws. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (reason: Failure): Result<never> => ({ ok: false, failure: reason });
