import type { OperatorScope, Right, Role } from '../../shared/api/operator.ts';
import { isUnscoped } from './account-access.ts';

/** The rights of each role. Administrators do not work on cases, and auditors change nothing. */
const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  operator: ['accounts.search', 'accounts.unmask', 'cases.work'],
  approver: [
    'accounts.search',
    'accounts.unmask',
    'cases.work',
    'cases.see-all',
    'approvals.decide',
    'accounts.disable',
  ],
  auditor: ['accounts.search', 'cases.see-all', 'audit.read', 'policy.read'],
  administrator: [
    'accounts.search',
    'accounts.import',
    'accounts.disable',
    'cases.see-all',
    'outbox.read',
    'policy.read',
    'policy.change',
    'mail.configure',
    'directories.configure',
    'audit.configure',
    'operators.manage',
    'resets.require',
    'protected-changes.decide',
  ],
};

/** Rights that concern every account, so that an operator with a scope does not have them. */
const overEveryAccount: ReadonlySet<Right> = new Set([
  'accounts.import',
  'policy.change',
  'mail.configure',
  'directories.configure',
  'audit.configure',
  'protected-changes.decide',
]);

/** The rights of an operator with these roles and this scope. */
export const rightsFor = (roles: readonly Role[], scope: OperatorScope): ReadonlySet<Right> =>
  new Set(
    roles
      .flatMap((role) => rightsOf[role])
      .filter((right) => isUnscoped(scope) || !overEveryAccount.has(right)),
  );
