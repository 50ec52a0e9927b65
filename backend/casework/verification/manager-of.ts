import { findManager } from '../../directories/find-manager.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { obstacle, type CheckObstacle, type CheckSubject } from '../decision/check.ts';
import { cooling } from '../decision/check-obstacle.ts';

type Found =
  | { readonly manager: AccountRow & { readonly email: string }; readonly obstacle: null }
  | { readonly manager: null; readonly obstacle: CheckObstacle };

const no = (reason: CheckObstacle['reason']): Found => ({ manager: null, obstacle: obstacle(reason) });

/** The manager on file who can speak for the account, or why nobody can. */
export async function managerOf({ account, operator, document, at, db }: CheckSubject): Promise<Found> {
  const named = account.manager?.trim() ?? '';
  if (named === '') return no('no-manager');
  const manager = await findManager(named, db, at);
  if (!manager) return no('manager-unknown');
  if (manager.id === account.id) return no('manager-is-account');
  if (manager.user_name_key === operator.userNameKey) return no('manager-is-operator');
  const { email } = manager;
  if (email === null) return no('manager-without-email');
  // Whoever reads the account's mail would answer for its owner.
  if (manager.email_key === account.email_key) return no('manager-is-account');
  const changed = cooling(manager.email_changed_at, document.contactCoolDown, at);
  return changed ? { manager: null, obstacle: changed } : { manager: { ...manager, email }, obstacle: null };
}
