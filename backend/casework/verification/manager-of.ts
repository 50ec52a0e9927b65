import {
  isOwnAccount,
  isSamePerson,
  personOfAccount,
  readLinkedAccounts,
  readPersonOfAccount,
} from '../../authorization/persons.ts';
import { findManagerOf } from '../../directories/find-manager.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { checkObstacle, type CheckObstacle, type CheckSubject } from '../decision/check.ts';
import { contactCheckObstacle } from '../decision/check-obstacle.ts';

type Found =
  | { readonly manager: AccountRow & { readonly email: string }; readonly obstacle: null }
  | { readonly manager: null; readonly obstacle: CheckObstacle };

const no = (reason: CheckObstacle['reason']): Found => ({ manager: null, obstacle: checkObstacle(reason) });

/**
 * Whether the account, or one that is linked with it, is frozen or has a flag that no approver has cleared. Strangers may then read the mail of its
 * owner.
 */
async function isSuspect(db: CheckSubject['db'], account: AccountRow): Promise<boolean> {
  const ids = (await readLinkedAccounts(db, [account]))(account.id).map(({ id }) => id);
  const flag = await db
    .selectFrom('account_flags')
    .select('id')
    .where('account_id', 'in', ids)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  if (flag !== undefined) return true;
  const frozen = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', 'in', ids)
    .where('frozen_at', 'is not', null)
    .executeTakeFirst();
  return frozen !== undefined;
}

/** The manager on file who can vouch for the account's owner, or why there is none. */
export async function managerOf({ account, operator, document, at, db }: CheckSubject): Promise<Found> {
  const named = account.manager?.trim() ?? '';
  if (named === '') return no('no-manager');
  const rest = { coolDown: document.contactCoolDown, at };
  const changing = contactCheckObstacle('manager-without-email', named, account.manager_changed_at, rest);
  if (changing) return { manager: null, obstacle: changing };
  const manager = await findManagerOf(account, db, at);
  if (!manager) return no('manager-unknown');
  // If both have the same address, for example, a caller who reads the account's mail could answer as the manager.
  if (isSamePerson(personOfAccount(manager), await readPersonOfAccount(db, account)))
    return no('manager-is-account');
  if (isOwnAccount(operator.person, manager)) return no('manager-is-operator');
  if (await isSuspect(db, manager)) return no('manager-flagged');
  const renamed = contactCheckObstacle('manager-without-email', named, manager.user_name_changed_at, rest);
  if (renamed) return { manager: null, obstacle: renamed };
  const { email } = manager;
  if (email === null) return no('manager-without-email');
  const resting = contactCheckObstacle('manager-without-email', email, manager.email_changed_at, rest);
  return resting ? { manager: null, obstacle: resting } : { manager: { ...manager, email }, obstacle: null };
}
