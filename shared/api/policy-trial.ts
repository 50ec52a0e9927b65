import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { policyDocument } from './policy.ts';
import { resetAction } from './case.ts';

/** How many resets a policy is tried on. */
export const trialSize = 100;

export const dryRunPolicy = endpoint({
  id: 'dryRunPolicy',
  method: 'POST',
  path: '/policy/dry-run',
  summary:
    'Which of the last 100 resets this policy would have refused, by the evidence that they had; changes nothing',
  right: 'policy.change',
  bridge: 'settings.dryRunPolicy',
  body: z.object({ document: policyDocument }),
  answer: z.object({
    resets: z.int(),
    /** Of them, those that were judged by the account's tier of today, since the tier of then was not kept. */
    byTodaysTier: z.int(),
    refused: z.array(
      z.object({
        resetId: z.string(),
        caseNumber: z.int(),
        at: z.iso.datetime(),
        action: resetAction,
        displayName: z.string(),
        userName: z.string(),
        tier: z.string(),
        tierOfToday: z.boolean(),
        operator: z.string(),
        earned: z.int(),
        needed: z.int(),
        why: z.enum(['points', 'factors', 'ticket', 'reason']),
      }),
    ),
  }),
  errors: ['policy.invalid'],
});

/** A rule that differs from the version before, with its values as JSON. */
const policyChange = z.object({ rule: z.string(), from: z.string().nullable(), to: z.string().nullable() });
export type PolicyChange = z.infer<typeof policyChange>;

export const listPolicyVersions = endpoint({
  id: 'listPolicyVersions',
  method: 'GET',
  path: '/policy/versions',
  summary: 'Who changed the policy, when, and what; newest first',
  right: 'policy.read',
  bridge: 'settings.policyVersions',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({
    versions: z.array(
      z.object({
        version: z.int(),
        changedAt: z.iso.datetime(),
        changedBy: z.string().nullable(),
        changes: z.array(policyChange),
      }),
    ),
  }),
  errors: [],
});
