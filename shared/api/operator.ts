import { z } from 'zod';
import { limits } from './limits.ts';
import { directories, tiers } from './tiers.ts';

export const roles = ['operator', 'approver', 'auditor', 'administrator'] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];

/** The rights of an operator. The backend's permission table says which role has which. */
export const rights = [
  'accounts.search',
  'accounts.unmask',
  'accounts.import',
  'accounts.disable',
  'cases.work',
  'cases.see-all',
  'approvals.decide',
  'outbox.read',
  'policy.read',
  'policy.change',
  'mail.configure',
  'directories.configure',
  'audit.read',
  'audit.configure',
  'operators.manage',
  'resets.require',
  'protected-changes.decide',
] as const;
export const right = z.enum(rights);
export type Right = (typeof rights)[number];

/**
 * The accounts that an operator can work on: an account must match every list that is not empty. Departments are compared
 * exactly, so a misspelt one excludes accounts rather than includes them.
 */
export const operatorScope = z.object({
  departments: z.array(z.string().trim().min(1).max(limits.displayName)).max(200),
  tiers: z.array(z.enum(tiers)).max(tiers.length),
  /** Kinds, and ids of configured directories: an account matches by either. */
  directories: z.array(z.union([z.enum(directories), z.uuid()])).max(100),
});
export type OperatorScope = z.infer<typeof operatorScope>;

export const everyAccount: OperatorScope = { departments: [], tiers: [], directories: [] };

export const operatorView = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  rights: z.array(right),
});
