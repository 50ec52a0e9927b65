import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { protectedChange } from './protected-change-view.ts';
import { typedNote } from './typed-text.ts';

/**
 * How the desk treats changes that weaken a protection. `single`: there is no second administrator, so they take effect at once. `off`: the policy
 * asks for none.
 */
export const protectionStates = ['second-administrator', 'single', 'off'] as const;
export type ProtectionState = (typeof protectionStates)[number];

const byChange = z.object({ changeId: z.string().min(1).max(100) });
const right = 'operators.manage';
const scope = { by: 'nothing', because: 'settings and operators are no accounts' } as const;
const changed = z.object({ change: protectedChange });

export const listProtectedChanges = endpoint({
  id: 'listProtectedChanges',
  method: 'GET',
  path: '/protected-changes',
  summary:
    'List changes that wait for another administrator, and the latest decided ones; an administrator with a scope sees only their own',
  right,
  scope,
  bridge: 'protectedChanges.list',
  answer: z.object({
    /** Oldest first. */
    waiting: z.array(protectedChange),
    /** Newest first, at most 50. */
    settled: z.array(protectedChange),
    protection: z.enum(protectionStates),
    /** The administrators who can approve the changes of this session's operator, by name. */
    approvers: z.array(z.string()),
  }),
  errors: [],
});

export const decideProtectedChange = endpoint({
  id: 'decideProtectedChange',
  method: 'POST',
  path: '/protected-changes/:changeId/decision',
  summary: 'Approve a change, which takes effect at once as it was proposed, or decline it; with a reason',
  right: 'protected-changes.decide',
  scope,
  proof: 'recent',
  protected: { by: 'nothing', because: 'it is the decision of the second administrator' },
  bridge: 'protectedChanges.decide',
  params: byChange,
  body: z.object({
    decision: z.enum(['approve', 'decline']),
    reason: typedNote(limits.note).min(3),
  }),
  answer: changed,
  errors: [
    'protected-change.not-found',
    'protected-change.settled',
    'protected-change.own',
    'protected-change.own-rights',
    'protected-change.outdated',
    'request.rate-limited',
  ],
});

export const withdrawProtectedChange = endpoint({
  id: 'withdrawProtectedChange',
  method: 'DELETE',
  path: '/protected-changes/:changeId',
  summary: "Withdraw the operator's own waiting change",
  right,
  scope,
  protected: { by: 'nothing', because: 'it leaves everything as it is' },
  bridge: 'protectedChanges.withdraw',
  params: byChange,
  answer: changed,
  errors: ['protected-change.not-found', 'protected-change.settled', 'protected-change.not-yours'],
});
