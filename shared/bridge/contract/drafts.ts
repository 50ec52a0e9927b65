import { z } from 'zod';
import { call, nothing } from './call.ts';

/** Texts that were typed and not sent, by field. */
export const draftTexts = z
  .array(z.object({ field: z.string().min(1).max(300), text: z.string().min(1).max(2000) }))
  .max(500);

/** What the operator has typed and not sent, kept through a restart of the console. */
export const drafts = {
  /** The kept texts of this operator; none if another operator or server left them, or if they are older than a day. */
  load: call(nothing, draftTexts),
  /** Replaces the kept texts. */
  save: call(z.object({ texts: draftTexts }), nothing),
};
