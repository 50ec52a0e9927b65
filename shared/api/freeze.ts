import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { fourEyesObstacle } from './four-eyes.ts';
import { limits } from './limits.ts';
import { typedNote } from './typed-text.ts';

export const frozenRow = z.object({
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  at: z.iso.datetime(),
  /** The subject and time of the mail in which "This was not me" was pressed. */
  mail: z.object({ subject: z.string(), at: z.iso.datetime() }).nullable(),
  /** Why this approver cannot lift the freeze; null when they can. */
  obstacle: fourEyesObstacle.nullable(),
});
export type FrozenRow = z.infer<typeof frozenRow>;

export const listFrozen = endpoint({
  id: 'listFrozen',
  method: 'GET',
  path: '/frozen-accounts',
  summary: 'List accounts that their owners froze with "This was not me", newest first',
  right: 'approvals.decide',
  scope: { by: 'rows' },
  bridge: 'frozen.list',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ frozen: z.array(frozenRow) }),
  errors: [],
});

export const liftFreeze = endpoint({
  id: 'liftFreeze',
  method: 'POST',
  path: '/accounts/:accountId/lift-freeze',
  summary: 'Unfreeze an account, with a reason; its owner is notified',
  right: 'approvals.decide',
  scope: { by: 'account', refusal: 'account.unfrozen' },
  proof: 'recent',
  bridge: 'frozen.lift',
  params: z.object({ accountId: z.string().min(1).max(200) }),
  body: z.object({ reason: typedNote(limits.note).min(1) }),
  answer: z.object({ at: z.iso.datetime() }),
  errors: [
    'account.not-found',
    'account.not-frozen',
    'account.own',
    'account.own-freeze',
    'approval.own-case',
    'approval.vouched',
  ],
});
