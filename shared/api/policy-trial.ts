import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { policyDocument } from './policy.ts';
import { resetAction } from './case.ts';

/** The number of past resets on which a policy is tried. */
export const trialSize = 100;

export const dryRunPolicy = endpoint({
  id: 'dryRunPolicy',
  method: 'POST',
  path: '/policy/dry-run',
  summary:
    'List which of the last 100 resets this policy would have refused, by their evidence; changes nothing',
  right: 'policy.change',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'settings.dryRunPolicy',
  body: z.object({ document: policyDocument }),
  answer: z.object({
    resets: z.int(),
    /** Of these, resets judged by the account's current tier, because the tier at that time was not recorded. */
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

/** A rule that differs from the previous version, with both values as JSON. */
const policyChange = z.object({ rule: z.string(), from: z.string().nullable(), to: z.string().nullable() });
export type PolicyChange = z.infer<typeof policyChange>;

export const listPolicyVersions = endpoint({
  id: 'listPolicyVersions',
  method: 'GET',
  path: '/policy/versions',
  summary: 'List the versions of the policy with their author, time and changes, newest first',
  right: 'policy.read',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
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
