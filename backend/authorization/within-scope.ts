import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import type { OperatorScope } from '../../shared/api/operator.ts';
import type { Tables } from '../store/tables.ts';

/** `mayTouch` as a condition on the joined table `accounts`, so that a list and its limit hold nothing out of the operator's scope. */
export function withinScope({ scope }: { readonly scope: OperatorScope }): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'accounts'>();
  const lists = [
    ['accounts.department', scope.departments],
    ['accounts.tier', scope.tiers],
    ['accounts.directory', scope.directories],
  ] as const;
  return where.and(
    lists.flatMap(([column, list]) => (list.length === 0 ? [] : [where(column, 'in', [...list])])),
  );
}
