import type { PasswordPolicy } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import { limits } from '../../shared/api/limits.ts';
import type { Origin } from '../store/append-event.ts';
import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import { loadEngine } from '../passwords/password-engine/load-engine.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { Store } from '../store/store.ts';
import type { NewPassword } from './choose-password.ts';

interface Collaborators {
  readonly store: Store;
  readonly screenPassword: ScreenPassword;
  readonly hashing: PasswordHashing;
}

/** Makes the function that finds the faults of a password that a user chose, by the policy of the account's directory; none if it can be used. */
export function createFindPasswordFaults({ store, screenPassword, hashing }: Collaborators) {
  /** Compares with the current password, a temporary one included, and with the history. */
  const usedBefore = async (account: AccountRow, password: string, history: number): Promise<boolean> => {
    const { db } = store;
    const current = await db
      .selectFrom('account_credentials')
      .select(['password_hash', 'old_hash', 'must_change'])
      .where('account_id', '=', account.id)
      .executeTakeFirst();
    const before = await db
      .selectFrom('password_history')
      .select('password_hash')
      .where('account_id', '=', account.id)
      .orderBy('id', 'desc')
      .limit(history)
      .execute();
    const hashes = [
      current?.password_hash,
      current?.old_hash,
      ...before.map((row) => row.password_hash),
    ].filter((hash) => hash != null);
    for (const hash of hashes) if (await hashing.verify(hash, password)) return true;
    // A temporary password with an added blank is not a new password.
    const cleaned = readTemporaryPassword(password);
    const temporary = current?.must_change === 1 ? current.password_hash : null;
    return temporary !== null && cleaned !== password && (await hashing.verify(temporary, cleaned));
  };

  return async (
    account: AccountRow,
    { password, repeated }: NewPassword,
    asked: PasswordPolicy,
    origin: Origin,
  ): Promise<readonly PasswordFault[]> => {
    if ([...password].length > limits.password) return ['too-long'];
    const owner = { userName: account.user_name, displayName: account.display_name, email: account.email };
    const { judgePassword } = await loadEngine();
    const faults: PasswordFault[] = [...judgePassword(password, asked, owner).broken];
    if (password !== repeated) faults.push('not-repeated');
    if (faults.length > 0) return faults;
    // Checks that need hashing or the network come last.
    if (await usedBefore(account, password, asked.history)) return ['used-before'];
    if (asked.breached && (await screenPassword.isBreached(password, origin, account.id)))
      return ['breached'];
    return [];
  };
}
