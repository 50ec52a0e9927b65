import { z } from 'zod';
import { errorCodes } from './codes.ts';

/** One thing wrong with one field of a request; `path` is dotted, `message` in plain words. */
export const fieldProblem = z.object({ path: z.string(), message: z.string() });

/**
 * RFC 9457 problem details as the Reset API answers them. `reference` also stands in the backend's log; `until` is when
 * waiting ends (ISO 8601) where waiting helps; `triesLeft` where tries are counted.
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
