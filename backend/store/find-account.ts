import type { Kysely, Selectable } from 'kysely';
import { followSteps, identifierSteps, type IdentifierStep } from '../text/identifier-steps.ts';
import { hasNumber } from './bare-number.ts';
import type { AccountsTable, Tables } from './tables.ts';

const columns = ['user_name_key', 'email_key', 'employee_number_key'] as const;
/** Enough to tell one account from several, since a shared mailbox may have many. */
const maxRows = 50;

/**
 * The accounts that an operator or user identifies by a user name, an email address or an employee number, in any notation: one in each directory
 * that has it, the built-in one's first; none where several accounts of a directory have it. Takes one statement for any text.
 */
export async function findAccountsByIdentifier(
  db: Kysely<Tables>,
  typed: string,
  /** Only open accounts of this configured directory. */
  directoryId?: string,
): Promise<readonly Selectable<AccountsTable>[]> {
  const steps = identifierSteps(typed);
  if (steps.length === 0) return [];
  const keysOf = (column: IdentifierStep['column']) =>
    steps.flatMap((step) => (step.column === column ? step.keys : []));
  const userNames = keysOf('user_name_key');
  const bare = keysOf('bare_employee_number');
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .$if(directoryId !== undefined, (query) =>
      query.where('directory_id', '=', directoryId ?? '').where('closed_at', 'is', null),
    )
    .where((where) =>
      where.or([
        ...columns.flatMap((column) => {
          const keys = keysOf(column);
          return keys.length === 0 ? [] : [where(column, 'in', keys)];
        }),
        ...(bare.length === 0 ? [] : [hasNumber(bare)]),
      ]),
    )
    // User names first, so that the many accounts of a shared mailbox do not displace them.
    .orderBy((order) => order.case().when('user_name_key', 'in', userNames).then(0).else(1).end())
    .orderBy((order) => order.fn.coalesce('directory_id', order.val('')))
    .limit(maxRows)
    .execute();
  return followSteps(steps, rows);
}
