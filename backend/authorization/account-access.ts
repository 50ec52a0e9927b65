import type { OperatorScope } from '../../shared/api/operator.ts';
import { Refusal } from '../refusal.ts';
import type { OperatorSession } from './operator-session.ts';

type Operator = OperatorSession['operator'];

/** What an operator's scope is compared with. */
export interface Scoped {
  readonly department: string | null;
  readonly tier: string;
  readonly directory: string;
}

const fits = (list: readonly string[], value: string | null): boolean =>
  list.length === 0 || (value !== null && list.includes(value));

/** Whether an account is within what the operator was given: every list that is not empty must hold it. */
export const canAccess = ({ scope }: { readonly scope: OperatorScope }, account: Scoped): boolean =>
  fits(scope.departments, account.department) &&
  fits(scope.tiers, account.tier) &&
  fits(scope.directories, account.directory);

/** Throws `account.out-of-scope` for an account that is not the operator's to touch. */
export function assertCanAccess(operator: Pick<Operator, 'scope'>, account: Scoped): void {
  if (!canAccess(operator, account)) throw new Refusal('account.out-of-scope');
}

/**
 * Whether an account is the operator's own: the same user name or e-mail, or the one that an administrator has named. Nobody
 * resets or approves for themselves.
 */
export const isOwnAccount = (
  operator: Pick<Operator, 'userNameKey' | 'emailKey' | 'linkedAccountId'>,
  account: { readonly id: string; readonly user_name_key: string; readonly email_key: string | null },
): boolean =>
  account.user_name_key === operator.userNameKey ||
  (operator.emailKey !== null && account.email_key === operator.emailKey) ||
  account.id === operator.linkedAccountId;
