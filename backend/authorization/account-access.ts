import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { everyAccount, type OperatorScope } from '../../shared/api/operator.ts';
import { Refusal } from '../refusal.ts';
import type { Tables } from '../store/tables.ts';
import type { OperatorSession } from './operator-session.ts';

type Operator = OperatorSession['operator'];

/** The parts of an account that an operator's scope is compared with. */
export interface Scoped {
  readonly department: string | null;
  readonly tier: string;
  /** The kind of its directory. */
  readonly directory: string;
  /** The configured directory; null for the built-in one. */
  readonly directory_id: string | null;
}

/** An empty list allows every value. */
const allows = (list: readonly string[], value: string | null): boolean =>
  list.length === 0 || (value !== null && list.includes(value));

/** Whether an account is in the operator's scope: every list of the scope must allow it. */
export const canAccess = ({ scope }: { readonly scope: OperatorScope }, account: Scoped): boolean =>
  allows(scope.departments, account.department) &&
  allows(scope.tiers, account.tier) &&
  (allows(scope.directories, account.directory) ||
    (account.directory_id !== null && scope.directories.includes(account.directory_id)));

/** A stored scope. A list that it lacks is empty, which allows every value. */
export const parseScope = (stored: string): OperatorScope => ({
  ...everyAccount,
  ...(JSON.parse(stored) as Partial<OperatorScope>),
});

/** Whether every account of one scope is also in the other. A configured directory counts as none of its kind: a wider scope names it as well. */
export const isWithin = (inner: OperatorScope, outer: OperatorScope): boolean => {
  const holds = (list: readonly string[], limit: readonly string[]) =>
    limit.length === 0 || (list.length > 0 && list.every((value) => limit.includes(value)));
  return (
    holds(inner.departments, outer.departments) &&
    holds(inner.tiers, outer.tiers) &&
    holds(inner.directories, outer.directories)
  );
};

/** Whether a scope has no limits. */
export const isUnscoped = (scope: OperatorScope): boolean => isWithin(everyAccount, scope);

/** Throws `account.out-of-scope` for an account outside the operator's scope. */
export function assertCanAccess(operator: Pick<Operator, 'scope'>, account: Scoped): void {
  if (!canAccess(operator, account)) throw new Refusal('account.out-of-scope');
}

/** {@link canAccess} as a condition on the joined table `accounts`, so that a limited list is filled with accounts in scope only. */
export function withinScope({ scope }: { readonly scope: OperatorScope }): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'accounts'>();
  const lists = [
    ['accounts.department', scope.departments],
    ['accounts.tier', scope.tiers],
  ] as const;
  const { directories } = scope;
  return where.and([
    ...lists.flatMap(([column, list]) => (list.length === 0 ? [] : [where(column, 'in', [...list])])),
    ...(directories.length === 0
      ? []
      : [
          where.or([
            where('accounts.directory', 'in', [...directories]),
            where('accounts.directory_id', 'in', [...directories]),
          ]),
        ]),
  ]);
}
