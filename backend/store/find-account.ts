import type { Kysely, Selectable } from 'kysely';
import { followSteps, identifierSteps, type IdentifierStep } from '../text/identifier-steps.ts';
import type { AccountsTable, Tables } from './tables.ts';

const columns = ['user_name_key', 'email_key', 'employee_number_key'] as const;
/** Enough to tell one account from several, since a shared mailbox may have many. */
const maxRows = 50;

/**
 * The one account that an operator or user identifies by a user name, an email address or an employee number, in any notation; undefined if none has
 * it, or several have it. Takes one statement for any text.
 */
export async function findAccountByIdentifier(
  db: Kysely<Tables>,
  typed: string,
): Promise<Selectable<AccountsTable> | undefined> {
  const steps = identifierSteps(typed);
  if (steps.length === 0) return undefined;
  const keysOf = (column: IdentifierStep['column']) =>
    steps.flatMap((step) => (step.column === column ? step.keys : []));
  const userNames = keysOf('user_name_key');
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where((where) =>
      where.or(
        columns.flatMap((column) => {
          const keys = keysOf(column);
          return keys.length === 0 ? [] : [where(column, 'in', keys)];
        }),
      ),
    )
    // User names first, so that the many accounts of a shared mailbox do not displace them.
    .orderBy((order) => order.case().when('user_name_key', 'in', userNames).then(0).else(1).end())
    .limit(maxRows)
    .execute();
  return followSteps(steps, rows);
}
