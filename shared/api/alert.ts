import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { typedNote } from './typed-text.ts';

/** The accounts that a raised alert covers. */
export const alertScopes = ['all', 'privileged'] as const;
export const alertScope = z.enum(alertScopes);
export type AlertScope = (typeof alertScopes)[number];

const alert = z.object({
  id: z.string(),
  scope: alertScope,
  reason: z.string(),
  /** The approvers who raised it; two where a second had to agree. */
  by: z.array(z.string()),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
});

export const alertView = z.object({
  raised: alert.nullable(),
  /** A proposal that waits for a second approver. `own`: this session's operator made it. */
  proposed: alert.extend({ own: z.boolean() }).nullable(),
});
export type AlertView = z.infer<typeof alertView>;

export const getAlert = endpoint({
  id: 'getAlert',
  method: 'GET',
  path: '/alert',
  summary: 'Get the state of the alert: whether it is raised, by whom and until when',
  right: 'session',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  bridge: 'fourEyes.alert',
  answer: alertView,
  errors: [],
});

export const raiseAlert = endpoint({
  id: 'raiseAlert',
  method: 'POST',
  path: '/alert',
  summary:
    'Raise the alert for all accounts at once, or propose one for privileged accounts, which needs a second approver',
  right: 'approvals.decide',
  scope: { by: 'nothing', because: 'it only strengthens what is asked of accounts' },
  proof: 'in-decision',
  bridge: 'fourEyes.raise',
  body: z.object({
    scope: alertScope,
    reason: typedNote(limits.note).min(3),
    /** Seconds, up to the policy's maximum; without it the policy's default. */
    validFor: z.int().min(60).optional(),
  }),
  answer: alertView,
  errors: ['alert.already-raised'],
});

export const secondAlert = endpoint({
  id: 'secondAlert',
  method: 'POST',
  path: '/alert/:alertId/second',
  summary: 'Agree to a proposed alert as the second approver, which raises it',
  right: 'approvals.decide',
  scope: { by: 'nothing', because: 'it only strengthens what is asked of accounts' },
  proof: 'in-decision',
  bridge: 'fourEyes.second',
  params: z.object({ alertId: z.string().min(1).max(100) }),
  answer: alertView,
  errors: ['alert.not-proposed', 'alert.same-approver'],
});

export const endAlert = endpoint({
  id: 'endAlert',
  method: 'DELETE',
  path: '/alert',
  summary: 'End the alert before it expires, or withdraw a proposed one',
  right: 'approvals.decide',
  scope: { by: 'everything' },
  proof: 'in-decision',
  bridge: 'fourEyes.end',
  answer: alertView,
  errors: ['alert.not-raised', 'alert.own-case'],
});
