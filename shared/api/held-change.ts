import { z } from 'zod';
import { caseView } from './case.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

/** What the owner of an account can change about it that leads into it, or to its owner. */
export const ownChangeKinds = [
  'email',
  'phone',
  'recovery-address',
  'recovery-address-removed',
  'authenticator',
  'authenticator-removed',
  'recovery-codes',
] as const;
export const ownChangeKind = z.enum(ownChangeKinds);
export type OwnChangeKind = (typeof ownChangeKinds)[number];

/** A change by an account's owner that came so soon after a reset by the help desk that somebody has to look at it first. */
export const heldChange = z.object({
  id: z.string(),
  kind: ownChangeKind,
  /** The new address or number, masked; null where there is nothing to show. */
  shown: z.string().nullable(),
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  heldAt: z.iso.datetime(),
  /** When it is dropped, if nobody has answered. */
  until: z.iso.datetime(),
  /** The computer that asked. */
  clientAddress: z.string().nullable(),
  /** The reset before it, and who did it in which case. */
  resetAt: z.iso.datetime(),
  resetBy: z.string(),
  caseId: z.string(),
  caseNumber: z.int(),
  /** Why this approver cannot decide it; null when they can. */
  obstacle: z.enum(['own-reset', 'own-account']).nullable(),
});
export type HeldChange = z.infer<typeof heldChange>;

const byChange = z.object({ changeId: z.string().min(1).max(100) });
const held = z.object({ held: z.array(heldChange) });

export const listHeldChanges = endpoint({
  id: 'listHeldChanges',
  method: 'GET',
  path: '/held-changes',
  summary: 'Changes by users right after a reset that wait for an approver, oldest first',
  right: 'approvals.decide',
  bridge: 'heldChanges.list',
  answer: held,
  errors: [],
});

export const getHeldChange = endpoint({
  id: 'getHeldChange',
  method: 'GET',
  path: '/held-changes/:changeId',
  summary: 'One such change with the case of the reset before it: the evidence and the memory of the account',
  right: 'approvals.decide',
  bridge: 'heldChanges.get',
  params: byChange,
  answer: z.object({ change: heldChange, case: caseView }),
  errors: ['held-change.not-found', 'directory.unavailable'],
});

export const decideHeldChange = endpoint({
  id: 'decideHeldChange',
  method: 'POST',
  path: '/held-changes/:changeId/decision',
  summary: 'Let the change be made or drop it, with a reason, right after having proved oneself again',
  right: 'approvals.decide',
  bridge: 'heldChanges.decide',
  params: byChange,
  body: z.object({
    decision: z.enum(['approve', 'deny']),
    reason: z.string().trim().min(3).max(limits.note),
  }),
  answer: held,
  errors: [
    'held-change.not-found',
    'held-change.settled',
    'held-change.own-reset',
    'approval.own-account',
    'account.out-of-scope',
    'session.reauthentication-required',
  ],
});
