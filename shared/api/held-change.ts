import { z } from 'zod';
import { caseView } from './case.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { typedNote } from './typed-text.ts';

/** The changes by an account's owner that can be held: contact data and second factors. */
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

/** A change by an account's owner so soon after a help-desk reset that an approver must decide it first. */
export const heldChange = z.object({
  id: z.string(),
  kind: ownChangeKind,
  /** The new address or number, masked; null for other changes. */
  shown: z.string().nullable(),
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  heldAt: z.iso.datetime(),
  /** When the backend drops the change if no approver has decided it. */
  until: z.iso.datetime(),
  /** The network address of the request. */
  clientAddress: z.string().nullable(),
  /** The help-desk reset before the change, with its operator and case. */
  resetAt: z.iso.datetime(),
  resetBy: z.string(),
  caseId: z.string(),
  caseNumber: z.int(),
  /** Why this approver cannot decide the change; null when they can. */
  obstacle: z.enum(['own-reset', 'own-account', 'own-case', 'vouched']).nullable(),
});
export type HeldChange = z.infer<typeof heldChange>;

const byChange = z.object({ changeId: z.string().min(1).max(100) });
const held = z.object({ held: z.array(heldChange) });

export const listHeldChanges = endpoint({
  id: 'listHeldChanges',
  method: 'GET',
  path: '/held-changes',
  summary: 'List held changes, which users made soon after a reset, oldest first',
  right: 'approvals.decide',
  scope: { by: 'rows' },
  bridge: 'heldChanges.list',
  answer: held,
  errors: [],
});

export const getHeldChange = endpoint({
  id: 'getHeldChange',
  method: 'GET',
  path: '/held-changes/:changeId',
  summary: 'Get one held change with the case of the reset before it',
  right: 'approvals.decide',
  scope: { by: 'held-change' },
  bridge: 'heldChanges.get',
  params: byChange,
  answer: z.object({ change: heldChange, case: caseView }),
  errors: ['held-change.not-found', 'case.not-found', 'directory.unavailable'],
});

export const decideHeldChange = endpoint({
  id: 'decideHeldChange',
  method: 'POST',
  path: '/held-changes/:changeId/decision',
  summary: 'Apply or drop a held change, with a reason; needs a recent re-authentication',
  right: 'approvals.decide',
  scope: { by: 'held-change', refusal: 'own-change.refused' },
  proof: 'in-decision',
  bridge: 'heldChanges.decide',
  params: byChange,
  body: z.object({
    decision: z.enum(['approve', 'deny']),
    reason: typedNote(limits.note).min(3),
  }),
  answer: held,
  errors: [
    'held-change.not-found',
    'held-change.settled',
    'held-change.own-reset',
    'approval.own-account',
    'approval.own-case',
    'approval.vouched',
  ],
});
