import { z } from 'zod';

export const roles = ['operator', 'approver', 'auditor', 'administrator'] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];

/** What a signed-in operator may do; which role has which right is the backend's permission table. */
export const rights = [
  'accounts.search',
  'accounts.unmask',
  'accounts.import',
  'cases.work',
  'cases.see-all',
  'approvals.decide',
  'outbox.read',
  'policy.read',
  'policy.change',
  'mail.configure',
  'audit.read',
] as const;
export const right = z.enum(rights);
export type Right = (typeof rights)[number];

export const operatorView = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  rights: z.array(right),
});
