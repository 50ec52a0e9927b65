import { identityKey } from '../accounts/fold.ts';
import type { AccountRow } from '../directory/directory.ts';
import { obstacle, type CheckObstacle, type CheckSubject } from './check.ts';
import { cooling } from './check-obstacle.ts';

type Found =
  | { readonly manager: AccountRow & { readonly email: string }; readonly obstacle: null }
  | { readonly manager: null; readonly obstacle: CheckObstacle };

const no = (reason: CheckObstacle['reason']): Found => ({ manager: null, obstacle: obstacle(reason) });

/** The one account that a directory's word for a manager means: a user name, an address, or a whole name that nobody else has. */
async function resolve(named: string, db: CheckSubject['db']): Promise<AccountRow | null> {
  const key = identityKey(named);
  for (const [column, value] of [
    ['user_name_key', key],
    ['email_key', key],
    ['display_name', named],
  ] as const) {
    const found = await db.selectFrom('accounts').selectAll().where(column, '=', value).limit(2).execute();
    const [only, another] = found;
    if (only) return another ? null : only;
  }
  return null;
}

/** The manager on file who can speak for the account, or why nobody can. */
export async function managerOf({ account, operator, document, at, db }: CheckSubject): Promise<Found> {
  const named = account.manager?.trim() ?? '';
  if (named === '') return no('no-manager');
  const manager = await resolve(named, db);
  if (!manager || manager.disabled === 1 || (manager.expires_at ?? at + 1) <= at)
    return no('manager-unknown');
  if (manager.id === account.id) return no('manager-is-account');
  if (manager.user_name_key === operator.userNameKey) return no('manager-is-operator');
  const { email } = manager;
  if (email === null) return no('manager-without-email');
  // Whoever reads the account's mail would answer for its owner.
  if (manager.email_key === account.email_key) return no('manager-is-account');
  const changed = cooling(manager.email_changed_at, document.contactCoolDown, at);
  return changed ? { manager: null, obstacle: changed } : { manager: { ...manager, email }, obstacle: null };
}
