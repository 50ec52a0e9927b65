import { readIdentifier } from '../../shared/typed/identifier.ts';
import type { Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { identityKey } from '../text/fold.ts';

/** The one operator with this user name or email address. */
export async function findOperator(store: Store, typed: string): Promise<OperatorsTable | undefined> {
  const { userNames, address } = readIdentifier(typed);
  const names = userNames.map(identityKey);
  const known = await store.db
    .selectFrom('operators')
    .selectAll()
    .where((where) =>
      where.or([
        where('user_name_key', 'in', ['', ...names]),
        ...(address === null ? [] : [where('email', 'is not', null)]),
      ]),
    )
    .execute();
  const [literal, ...others] = names.map((name) => known.find((row) => row.user_name_key === name));
  if (literal) return literal;
  const key = address === null ? null : identityKey(address);
  const mailed = known.filter(({ email }) => email !== null && identityKey(email) === key);
  if (mailed.length > 0) return mailed.length === 1 ? mailed[0] : undefined;
  return others.find((row) => row !== undefined);
}
