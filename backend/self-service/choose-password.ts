import { policyFor, type PasswordPolicy } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import { limits } from '../../shared/api/limits.ts';
import type { Origin } from '../store/append-event.ts';
import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import { loadEngine } from '../passwords/password-engine/load-engine.ts';
import type { AccountRow, Directory } from '../directories/directory.ts';
import type { Live } from '../live/live.ts';
import type { Notifications } from '../messaging/notifications/notifications.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import { completeRequiredResets } from '../casework/required-resets/complete-required-resets.ts';
import { voidOpenLinks } from '../casework/resets/void-open-links.ts';

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

export interface ChoosePassword {
  /**
   * Sets the password that the user chose and ends all sessions of the account. `alongside` runs in the same transaction and may throw to undo it.
   * Returns the faults of the password; none if it was set.
   */
  choose(
    account: AccountRow,
    chosen: NewPassword,
    origin: Origin,
    alongside?: (tx: Transaction, record: RecordEvent) => Promise<void>,
  ): Promise<readonly PasswordFault[]>;
}

export function createChoosePassword({
  store,
  directory,
  policy,
  screenPassword,
  notifications,
  hashing = unbounded,
  live,
  now,
}: {
  store: Store;
  directory: Directory;
  policy: PolicyInForce;
  screenPassword: ScreenPassword;
  notifications: Notifications;
  hashing?: PasswordHashing;
  live: Live;
  now: () => number;
}): ChoosePassword {
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
    // A temporary password with a blank pasted after it is no new password.
    const cleaned = readTemporaryPassword(password);
    const temporary = current?.must_change === 1 ? current.password_hash : null;
    return temporary !== null && cleaned !== password && (await hashing.verify(temporary, cleaned));
  };

  const faultsOf = async (
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

  return {
    async choose(account, chosen, origin, alongside) {
      const { passwords } = (await policy.current()).document;
      const asked = policyFor(passwords, account.directory);
      const faults = await faultsOf(account, chosen, asked, origin);
      if (faults.length > 0) {
        await store.change(origin, (_tx, record) =>
          record({
            action: 'account.password-change-refused',
            outcome: 'refused',
            accountId: account.id,
            facts: { rules: faults.join(' ') },
          }),
        );
        return faults;
      }
      const hash = await hashing.hash(chosen.password);
      const completed = await store.change(origin, async (tx, record) => {
        await alongside?.(tx, record);
        const replaced = await tx
          .selectFrom('account_credentials')
          .select(['reset_id', 'must_change'])
          .where('account_id', '=', account.id)
          .executeTakeFirst();
        if (replaced?.reset_id != null) {
          await tx
            .updateTable('resets')
            .set({ password_set_at: now() })
            .where('id', '=', replaced.reset_id)
            .execute();
        }
        await directory.setOwnPassword(account.id, hash, tx, asked);
        // After a reset, an attacker may have changed more than the password.
        if (alongside !== undefined || replaced?.must_change === 1) {
          await tx
            .updateTable('account_credentials')
            .set({ review_due: 1 })
            .where('account_id', '=', account.id)
            .execute();
        }
        await voidOpenLinks(tx, record, account.id, now(), 'password-changed');
        await record({ action: 'account.password-changed', accountId: account.id });
        await notifications.passwordChanged(tx, { accountId: account.id });
        return completeRequiredResets(tx, record, account.id, now());
      });
      if (completed.length > 0) live.publish({ type: 'required-reset-changed' });
      return [];
    },
  };
}
