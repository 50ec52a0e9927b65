import { z } from 'zod';
import { errorCodes } from './codes.ts';

/** One invalid field of a request. `path` is dotted, such as `body.email`; `message` is meant for people. */
export const fieldProblem = z.object({ path: z.string(), message: z.string() });

/**
 * RFC 9457 problem details as the Reset API answers them. `reference` finds the error in the backend's log. `until` is the
 * time from which the client may try again (ISO 8601), and `triesLeft` the number of tries before a lock.
 */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),
  reference: z.string().optional(),
  until: z.iso.datetime().optional(),
  triesLeft: z.int().optional(),
  fields: z.array(fieldProblem).optional(),
});

export type Problem = z.infer<typeof problem>;
