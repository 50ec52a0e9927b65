import type { Right, Role } from '../../shared/api/operator.ts';

/** The rights of each role. Administrators do not work on cases, and auditors change nothing. */
const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  operator: ['accounts.search', 'accounts.unmask', 'cases.work'],
  approver: ['accounts.search', 'accounts.unmask', 'cases.work', 'cases.see-all', 'approvals.decide'],
  auditor: ['accounts.search', 'cases.see-all', 'audit.read', 'policy.read'],
  administrator: [
    'accounts.search',
    'accounts.import',
    'cases.see-all',
    'outbox.read',
    'policy.read',
    'policy.change',
    'mail.configure',
    'audit.configure',
    'operators.manage',
    'resets.require',
  ],
};

export const rightsFor = (roles: readonly Role[]): ReadonlySet<Right> =>
  new Set(roles.flatMap((role) => rightsOf[role]));
