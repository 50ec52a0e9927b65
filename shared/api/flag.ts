import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { fourEyesObstacle } from './four-eyes.ts';
import { limits } from './limits.ts';
import { typedNote } from './typed-text.ts';

/** An account that an attacker may be targeting. */
export const flagView = z.object({
  id: z.string(),
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  caseNumber: z.int().nullable(),
  /** The operator who set the flag; null for the report of a manager. */
  by: z.string().nullable(),
  at: z.iso.datetime(),
  note: z.string().nullable(),
  /** Why this approver cannot clear the flag; null when they can. */
  obstacle: fourEyesObstacle.nullable(),
});
export type FlagView = z.infer<typeof flagView>;

export const listFlags = endpoint({
  id: 'listFlags',
  method: 'GET',
  path: '/flags',
  summary: 'List flagged accounts, newest first',
  right: 'approvals.decide',
  scope: { by: 'rows' },
  bridge: 'fourEyes.flags',
  answer: z.object({ flags: z.array(flagView) }),
  errors: [],
});

export const clearFlag = endpoint({
  id: 'clearFlag',
  method: 'POST',
  path: '/flags/:flagId/clear',
  summary: 'Remove the flag of an account, with a reason',
  right: 'approvals.decide',
  scope: { by: 'flag', refusal: 'account.flag-cleared' },
  proof: 'recent',
  bridge: 'fourEyes.clearFlag',
  params: z.object({ flagId: z.string().min(1).max(100) }),
  body: z.object({ reason: typedNote(limits.note).min(3) }),
  answer: z.object({ flags: z.array(flagView) }),
  errors: ['flag.not-found', 'account.own', 'flag.own', 'approval.own-case', 'approval.vouched'],
});
