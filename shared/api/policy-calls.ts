import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { policyDocument } from './policy.ts';

export const policyView = z.object({
  version: z.int(),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
  document: policyDocument,
  /** The source of breached passwords, which the backend's configuration sets. */
  breachedList: z.enum(['none', 'files', 'range-api']),
});
export type PolicyView = z.infer<typeof policyView>;

export const getPolicy = endpoint({
  id: 'getPolicy',
  method: 'GET',
  path: '/policy',
  summary: 'Get the policy in force',
  right: 'policy.read',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  bridge: 'settings.policy',
  answer: policyView,
  errors: [],
});

export const changePolicy = endpoint({
  id: 'changePolicy',
  method: 'PUT',
  path: '/policy',
  summary: 'Put a new version of the policy in force; grants of older versions become invalid',
  right: 'policy.change',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'weakening' },
  bridge: 'settings.changePolicy',
  body: z.object({ basedOn: z.int(), document: policyDocument }),
  answer: policyView,
  errors: ['policy.invalid', 'request.conflict'],
});
